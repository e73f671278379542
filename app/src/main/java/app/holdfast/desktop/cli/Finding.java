package app.holdfast.desktop.cli;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Turns what people type for a thing into the one thing they mean, or says what it could have meant.
final class Finding {

    /// What an error names of the things that a word could mean.
    private static final int CANDIDATES_MAX = 10;
    /// Fewer digits of a device's id are taken for a name.
    private static final int ID_DIGITS_MIN = 6;
    private static final Pattern ID_DIGITS = Pattern.compile("[0-9a-f]{" + ID_DIGITS_MIN + ",64}");

    private Finding() {}

    /// @param typed an id, or a name that only one location has
    static LocationRow location(Library library, String typed) throws CoreException, CliException {
        List<LocationRow> rows = library.ask(LibraryReader::locations);
        Predicate<LocationRow> named = row -> row.name().equals(typed);
        return one("location", typed, byIdOr(rows, row -> row.id().toString(), typed, named),
                row -> row.name() + " on " + row.deviceName() + " (" + row.id() + ")");
    }

    /// @param typed an id, or a label that only one volume has
    static VolumeRow volume(Library library, String typed) throws CoreException, CliException {
        List<VolumeRow> rows = library.ask(LibraryReader::volumes);
        return one("volume", typed, byIdOr(rows, row -> row.id().toString(), typed, row -> row.label().equals(typed)),
                row -> row.label() + " on " + row.deviceName() + " (" + row.id() + ")");
    }

    /// @param typed an id, six or more of its first digits, or a name that only one device has
    static DeviceRow device(Library library, String typed) throws CoreException, CliException {
        List<DeviceRow> rows = library.ask(LibraryReader::devices);
        boolean digits = ID_DIGITS.matcher(typed).matches();
        Predicate<DeviceRow> named = row -> row.name().equals(typed) || digits && row.id().hex().startsWith(typed);
        return one("device", typed, byIdOr(rows, row -> row.id().hex(), typed, named),
                row -> row.name() + " (" + row.id().hex() + ")");
    }

    /// @param typed an id; or a name, with as many of the names above it as are needed, separated by `/`; one `/`
    ///        before all of them begins at the top level
    static TagRow tag(Library library, String typed) throws CoreException, CliException {
        List<TagRow> rows = library.ask(LibraryReader::tags);
        Map<TagId, String> paths = tagPaths(rows);
        Predicate<TagRow> named = row -> {
            String path = "/" + paths.get(row.id());
            return typed.startsWith("/") ? path.equals(typed) : path.endsWith("/" + typed);
        };
        return one("tag", typed, byIdOr(rows, row -> row.id().toString(), typed, named),
                row -> "/" + paths.get(row.id()) + " (" + row.id() + ")");
    }

    /// @param typed an id, or a name that only one collection has
    static CollectionRow collection(Library library, String typed) throws CoreException, CliException {
        List<CollectionRow> rows = library.ask(LibraryReader::collections);
        return one("collection", typed, byIdOr(rows, row -> row.id().toString(), typed,
                row -> row.name().equals(typed)), row -> row.name() + " (" + row.id() + ")");
    }

    /// Every tag's name with those above it, separated by `/`.
    ///
    /// @param rows depth first, as [LibraryReader#tags] gives them
    static Map<TagId, String> tagPaths(List<TagRow> rows) {
        Map<TagId, String> paths = new HashMap<>();
        for (TagRow row : rows) {
            String above = row.parent().map(paths::get).map(path -> path + "/").orElse("");
            paths.put(row.id(), above + row.name());
        }
        return paths;
    }

    /// @param typed `entry:` and an id, or a path on this device
    static EntryRow file(Invocation invocation, String typed) throws CoreException, CliException {
        Library library = invocation.session().library();
        if (typed.startsWith("entry:")) {
            String id = typed.substring("entry:".length());
            Optional<EntryRow> row = entryId(id).flatMap(entry -> library.ask(reader -> reader.entry(entry)));
            return row.orElseThrow(() -> new CoreException.NotFound("entry", id));
        }
        Path path = invocation.path(typed);
        return library.ask(reader -> reader.entryAt(path)).orElseThrow(() -> unknown(path, library));
    }

    private static CliException unknown(Path path, Library library) {
        Optional<LocationRow> above = library.ask(LibraryReader::locations).stream()
                .filter(location -> location.absolutePath().filter(path::startsWith).isPresent())
                .findFirst();
        return new CliException("not_found", above
                .map(location -> path + " is not known yet; read its location with: holdfast location rescan "
                        + location.name())
                .orElse("no location here holds " + path + "; add its folder with: holdfast location add FOLDER"));
    }

    private static Optional<EntryId> entryId(String text) {
        try {
            return Optional.of(EntryId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static <T> List<T> byIdOr(List<T> rows, Function<T, String> id, String typed, Predicate<T> otherwise) {
        List<T> byId = rows.stream().filter(row -> id.apply(row).equalsIgnoreCase(typed)).toList();
        return byId.isEmpty() ? rows.stream().filter(otherwise).toList() : byId;
    }

    private static <T> T one(String what, String typed, List<T> candidates, Function<T, String> description)
            throws CoreException, CliException {
        if (candidates.isEmpty()) {
            throw new CoreException.NotFound(what, typed);
        }
        if (candidates.size() > 1) {
            String shown = String.join(", ", candidates.stream().limit(CANDIDATES_MAX).map(description).toList());
            int more = Math.max(0, candidates.size() - CANDIDATES_MAX);
            throw new CliException("ambiguous", "more than one %s is meant by %s: %s%s"
                    .formatted(what, typed, shown, more == 0 ? "" : " and " + more + " more"));
        }
        return candidates.getFirst();
    }
}
