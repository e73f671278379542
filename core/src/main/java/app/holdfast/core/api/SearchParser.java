package app.holdfast.core.api;

import app.holdfast.core.api.BadQuery.Reason;
import app.holdfast.core.api.SearchQuery.Kind;
import app.holdfast.core.api.SearchQuery.State;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.SearchQuery.Test;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what a person types into a [SearchQuery]. Pure; any thread. `docs/search.md` teaches the language.
///
///     query = { term }                      all of them are to be true
///     term  = [ "-" ] ( [ key ":" ] value )   "-" for not
///     value = word | '"' anything but '"' '"'
///
/// A word with a colon whose first part is no key is an error, because it is a mistyped key more often than a name; in
/// quotation marks it is a name.
public final class SearchParser {

    /// Characters of a query. More is refused: nobody types that.
    public static final int CHARACTERS_MAX = 10_000;

    private static final long RATING_MAX = 5;

    /// A term as it stands in what was typed.
    ///
    /// @param start its first character, counted from 0
    public record Piece(String text, int start, Term term) {}

    private final String text;
    private final ZoneId zone;
    private int at;

    private SearchParser(String text, ZoneId zone) {
        this.text = text;
        this.zone = zone;
    }

    /// @param zone in which days are meant
    /// @throws BadQuery with the place of what is wrong
    public static SearchQuery parse(String text, ZoneId zone) throws BadQuery {
        return new SearchQuery(pieces(text, zone).stream().map(Piece::term).toList());
    }

    /// The same, with where each term stands, so that one can be taken out.
    public static List<Piece> pieces(String text, ZoneId zone) throws BadQuery {
        if (text.length() > CHARACTERS_MAX) {
            throw new BadQuery(Reason.LONG, CHARACTERS_MAX, "");
        }
        return new SearchParser(text, zone).pieces();
    }

    private List<Piece> pieces() throws BadQuery {
        List<Piece> pieces = new ArrayList<>();
        int parts = 0;
        skipBlanks();
        while (at < text.length()) {
            int start = at;
            Term term = term();
            int names = names(term.test());
            parts += names;
            if (names > SearchQuery.PATH_NAMES_MAX || parts > SearchQuery.TERMS_MAX) {
                throw new BadQuery(Reason.LONG, start, "");
            }
            pieces.add(new Piece(text.substring(start, at), start, term));
            skipBlanks();
        }
        return pieces;
    }

    /// Each name of a path counts: each is looked for.
    private static int names(Test test) {
        return test instanceof Test.Path(List<String> folders) ? folders.size()
                : test instanceof Test.Tagged(List<String> tags) ? tags.size() : 1;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Term term() throws BadQuery {
        int start = at;
        boolean wanted = text.charAt(at) != '-' || at + 1 == text.length()
                || Character.isWhitespace(text.charAt(at + 1));
        at += wanted ? 0 : 1;
        int keyStart = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        if (at > keyStart && at < text.length() && text.charAt(at) == ':') {
            String key = text.substring(keyStart, at++).toLowerCase(Locale.ROOT);
            int valueStart = at;
            String value = value(true);
            if (value.isEmpty()) {
                throw new BadQuery(Reason.NOTHING, valueStart, key);
            }
            return new Term(wanted, test(key, keyStart, value, valueStart));
        }
        at = keyStart;
        String word = value(false);
        if (word.isEmpty()) {
            throw new BadQuery(Reason.NOTHING, start, "");
        }
        return new Term(wanted, name(word));
    }

    /// A word, or what stands in quotation marks.
    private String value(boolean afterKey) throws BadQuery {
        if (at < text.length() && text.charAt(at) == '"') {
            int end = text.indexOf('"', at + 1);
            if (end < 0) {
                throw new BadQuery(Reason.OPEN_QUOTE, at, "");
            }
            String quoted = text.substring(at + 1, end);
            at = end + 1;
            return quoted;
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))
                && (!afterKey || text.charAt(at) != '"')) {
            at++;
        }
        return text.substring(start, at);
    }

    private static Test name(String word) {
        List<String> parts = parts(word);
        return parts.size() < 2 ? new Test.Name(parts.isEmpty() ? word : parts.getFirst()) : new Test.Path(parts);
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }

    private Test test(String key, int keyAt, String value, int valueAt) throws BadQuery {
        return switch (key) {
            case "name" -> new Test.Name(value);
            case "path" -> name(value);
            case "in" -> new Test.Below(value);
            case "tag" -> {
                List<String> path = parts(value);
                if (path.isEmpty()) {
                    throw new BadQuery(Reason.VALUE, valueAt, value);
                }
                yield new Test.Tagged(path);
            }
            case "kind" -> new Test.OfKind(oneOf(Kind.values(), value, valueAt));
            case "ext" -> new Test.Extension(value.toLowerCase(Locale.ROOT));
            case "size" -> {
                SearchRange.Whole range = checked(SearchRange.sizes(value), value, valueAt);
                yield new Test.Size(range.least(), range.most());
            }
            case "date" -> {
                SearchRange.Whole range = checked(SearchRange.days(value, zone), value, valueAt);
                yield new Test.Changed(range.least(), range.most());
            }
            case "device" -> new Test.OnDevice(value);
            case "on", "drive", "volume" -> new Test.OnVolume(value);
            case "location" -> new Test.InLocation(value);
            case "rating" -> {
                SearchRange.Whole range = checked(SearchRange.ratings(value), value, valueAt);
                yield new Test.Rating((int) Math.max(0, range.least()), (int) Math.min(RATING_MAX, range.most()));
            }
            case "note" -> new Test.Noted(value);
            case "copies" -> {
                SearchRange.Whole range = checked(SearchRange.counts(value), value, valueAt);
                yield new Test.Copies(Math.max(1, range.least()), range.most());
            }
            case "only" -> new Test.OnlyOn(value);
            case "is" -> new Test.Is(oneOf(State.values(), value, valueAt));
            default -> throw new BadQuery(Reason.UNKNOWN_KEY, keyAt, key);
        };
    }

    private static SearchRange.Whole checked(Optional<SearchRange.Whole> range, String value, int valueAt)
            throws BadQuery {
        return range.orElseThrow(() -> new BadQuery(Reason.VALUE, valueAt, value));
    }

    private static <E extends Enum<E>> E oneOf(E[] all, String value, int valueAt) throws BadQuery {
        String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(all).filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> new BadQuery(Reason.VALUE, valueAt, value));
    }
}
