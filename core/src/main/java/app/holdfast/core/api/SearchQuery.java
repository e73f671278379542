package app.holdfast.core.api;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What is looked for: entries for which all of these are true. [SearchParser] makes one of what a person types.
///
/// @param terms at most [#TERMS_MAX]
public record SearchQuery(List<Term> terms) {

    /// Each name of a path counts as one.
    public static final int TERMS_MAX = 50;
    /// Of one path; SQLite looks only so deep into a question.
    public static final int PATH_NAMES_MAX = 16;

    /// @param wanted false for those entries for which it is not so
    public record Term(boolean wanted, Test test) {}

    /// What can be true of an entry.
    public sealed interface Test {
        /// The name contains it, whatever the case.
        record Name(String part) implements Test {}

        /// The name contains the last part, its folder's name the one before, and so on.
        record Path(List<String> parts) implements Test {
            public Path {
                parts = List.copyOf(parts);
            }
        }

        /// It lies below a folder whose name contains this, however deep.
        record Below(String folder) implements Test {}

        /// It has a tag of this name, or one below it.
        ///
        /// @param path the tag's name with as many of those above it as are given, outermost first
        record Tagged(List<String> path) implements Test {
            public Tagged {
                path = List.copyOf(path);
            }
        }

        record OfKind(Kind kind) implements Test {}

        /// The name ends in a dot and this.
        record Extension(String extension) implements Test {}

        /// @param least bytes
        /// @param most  bytes
        record Size(long least, long most) implements Test {}

        /// @param from   milliseconds since 1970, of the last change
        /// @param before the first moment that is too late
        record Changed(long from, long before) implements Test {}

        /// The device that holds it is called so, or begins so.
        record OnDevice(String name) implements Test {}

        /// The drive that it lies on is called so, or begins so.
        record OnVolume(String name) implements Test {}

        record InLocation(String name) implements Test {}

        /// @param least 0 to 5, 0 for none
        record Rating(int least, int most) implements Test {}

        /// The note contains it.
        record Noted(String part) implements Test {}

        record Is(State state) implements Test {}

        /// So many files have the same content, itself among them.
        ///
        /// @param least at least 1
        record Copies(long least, long most) implements Test {}

        /// All files with the same content lie on drives that are called so, or begin so.
        record OnlyOn(String volume) implements Test {}
    }

    /// What an entry may be like now. OFFLINE: neither here nor on a device that is connected. DUPLICATE: another file
    /// has the same content.
    public enum State { OFFLINE, ONLINE, FAVORITE, TAGGED, NOTED, DUPLICATE }

    /// Files are told apart by the ends of their names.
    public enum Kind {
        FILE, FOLDER, LINK, OTHER,
        IMAGE("jpg jpeg png gif webp heic heif avif tif tiff bmp svg raw cr2 cr3 nef arw dng orf raf psd xcf ico jxl"),
        VIDEO("mp4 mkv mov avi webm m4v mpg mpeg wmv flv 3gp ts mts m2ts ogv"),
        AUDIO("mp3 flac wav ogg opus m4a aac wma aiff aif mid midi"),
        DOCUMENT("pdf doc docx odt rtf txt md tex pages xls xlsx ods csv numbers ppt pptx odp key epub mobi djvu"),
        ARCHIVE("zip tar gz tgz bz2 xz zst 7z rar iso dmg jar"),
        CODE("java kt c h cc cpp hpp cs rs go py rb js ts jsx tsx php swift sh sql html css xml json yaml yml toml");

        private final Set<String> extensions;

        Kind() {
            this("");
        }

        Kind(String extensions) {
            this.extensions = extensions.isEmpty() ? Set.of() : Set.of(extensions.split(" "));
        }

        /// In small letters; none for what is no kind of file.
        public Set<String> extensions() {
            return extensions;
        }

        /// As it is typed.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SearchQuery {
        terms = List.copyOf(terms);
    }
}
