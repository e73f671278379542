package app.holdfast.core.store;

import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.SearchQuery.Test;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A [SearchQuery] as a condition on `entry e`. What a person typed goes in as values only. Used once.
final class SearchSql {

    private static final String LOCATIONS = """
            (select l.key from location l join volume v on v.key = l.volume join stream s on s.subject = v.id
            join claim c on c.key = s.claim left join device d on d.device = c.owner where %s)""";
    /// Names that the index holds as they are, of keys up to what is covered: beyond they may be given again, and the
    /// index hold what others were called. Those that it does not hold yet; those that have changed since.
    static final String NAMED = """
            (select rowid from entry_fts where entry_fts match ? and rowid <= (select covered from search_state)
            except select key from search_stale
            union all select key from entry where key > (select covered from search_state) and %s
            union all select n.key from search_stale n cross join entry on entry.key = n.key where %s)""";
    private static final String NO_NAME = "(select null where 0)";
    /// SQLite takes no longer pattern; nothing that is searched has as many.
    private static final int PATTERN_BYTES_MAX = 50_000;

    private final Presence presence;
    private final List<Object> binds;
    private final boolean rowByRow;

    /// @param binds where the values go
    SearchSql(Presence presence, List<Object> binds) {
        this(presence, binds, false);
    }

    /// @param rowByRow whether few rows are to be looked at: then names and copies of each are, and no index is asked
    ///                 for all that fit
    SearchSql(Presence presence, List<Object> binds, boolean rowByRow) {
        this.presence = presence;
        this.binds = binds;
        this.rowByRow = rowByRow;
    }

    /// @return begins with ` and`; empty for a query that all entries fit
    String condition(SearchQuery query) {
        StringBuilder sql = new StringBuilder();
        for (Term term : query.terms()) {
            // a test without an answer, as of an entry without a note, is not true
            sql.append(term.wanted() ? " and (" : " and not coalesce((").append(test(term.test()))
                    .append(term.wanted() ? ")" : "), 0)");
        }
        return sql.toString();
    }

    private String test(Test test) {
        return switch (test) {
            case Test.Name(String part) -> nameHas(part);
            case Test.Path(List<String> parts) -> path(parts);
            case Test.Below(String folder) -> "e.parent in (with recursive under(key) as (select key from entry"
                    + " where kind = 1 and key in " + named(folder) + " union select u.key from entry u join under"
                    + " on u.parent = under.key where u.kind = 1) select key from under)";
            case Test.Tagged _, Test.Noted _ -> "e.id in (" + subjects(test) + ")";
            case Test.OfKind(SearchQuery.Kind kind) -> kind(kind);
            case Test.Extension(String extension) -> extension(extension);
            case Test.Size(long least, long most) -> "e.kind <> 1 and e.size between " + least + " and " + most;
            case Test.Changed(long from, long before) -> "e.modified >= " + from + " and e.modified < " + before;
            case Test.OnDevice(String name) -> "e.location in " + LOCATIONS.formatted(begins("d.name", name));
            case Test.OnVolume(String name) -> "e.location in " + LOCATIONS.formatted(begins("v.label", name));
            case Test.InLocation(String name) -> "e.location in " + LOCATIONS.formatted(begins("l.name", name));
            case Test.Rating(int least, int most) -> "coalesce((select max(m.rating) from metadata m"
                    + " where m.subject = e.id), 0) between " + least + " and " + most;
            case Test.Is(SearchQuery.State state) -> state(state);
            case Test.Copies(long least, long most) -> copies(least, most);
            case Test.OnlyOn(String name) -> CopiesSql.allIn(LOCATIONS.formatted(begins("v.label", name)),
                    LOCATIONS.formatted(begins("v.label", name)), LOCATIONS.formatted(begins("v.label", name)));
        };
    }

    /// Ids of what fits a test about what hangs on entries; they may be of nothing that is here.
    ///
    /// @throws IllegalArgumentException for any other test
    String subjects(Test test) {
        return switch (test) {
            case Test.Tagged(List<String> path) -> tagged(path);
            case Test.Noted(String part) -> "select m.subject from metadata m where " + contains("m.note", part);
            case Test.Is(SearchQuery.State state) when state == SearchQuery.State.FAVORITE ->
                    "select subject from metadata where favorite = 1";
            case Test.Is(SearchQuery.State state) when state == SearchQuery.State.TAGGED ->
                    "select a.subject from assignment a join tag t on t.id = a.tag";
            case Test.Is(SearchQuery.State state) when state == SearchQuery.State.NOTED ->
                    "select subject from metadata where note <> ''";
            default -> throw new IllegalArgumentException("nothing hangs on entries for " + test);
        };
    }

    /// Keys of entries whose name has this part.
    String named(String part) {
        Optional<String> grams = Grams.query(part);
        if (grams.isEmpty()) {
            return NO_NAME;
        }
        binds.add(grams.get());
        String fresh = contains("name", part);
        return NAMED.formatted(fresh, contains("entry.name", part));
    }

    private String nameHas(String part) {
        if (!rowByRow) {
            return "e.key in " + named(part);
        }
        return Grams.query(part).isEmpty() ? "0" : contains("e.name", part);
    }

    private String copies(long least, long most) {
        return rowByRow ? CopiesSql.numberOf(least, most) : CopiesSql.number(least, most);
    }

    private String path(List<String> parts) {
        return nameHas(parts.getLast()) + " and e.parent in " + folders(parts.subList(0, parts.size() - 1));
    }

    /// Values stand in the order of the text, so the text is made from its start.
    private String folders(List<String> parts) {
        String sql = "(select key from entry where kind = 1 and key in " + named(parts.getLast());
        return sql + (parts.size() == 1 ? ")" : " and parent in " + folders(parts.subList(0, parts.size() - 1)) + ")");
    }

    /// A tag's own name may have a slash, so what was typed is compared with the names joined, of as many tags above
    /// each as there may be.
    private String tagged(List<String> path) {
        return "select subject from assignment where tag in (with recursive up(tag, above, path, names) as"
                + " (select id, parent, name, 1 from tag union all select up.tag, t.parent, t.name || '/' || up.path,"
                + " up.names + 1 from up join tag t on t.id = up.above where up.names < " + path.size() + "),"
                + " sub(id) as (select tag from up where " + matches("path", "", String.join("/", path), "")
                + " union select b.id from tag b join sub on b.parent = sub.id) select id from sub)";
    }

    private String kind(SearchQuery.Kind kind) {
        return switch (kind) {
            case FILE -> "e.kind = 0";
            case FOLDER -> "e.kind = 1";
            case LINK -> "e.kind = 2";
            case OTHER -> "e.kind > 2";
            case IMAGE, VIDEO, AUDIO, DOCUMENT, ARCHIVE, CODE -> "e.kind = 0 and ("
                    + kind.extensions().stream().sorted().map(end -> "e.name like '%." + end + "'")
                            .collect(Collectors.joining(" or ")) + ")";
        };
    }

    private String extension(String extension) {
        return "e.kind <> 1 and " + matches("e.name", "*.", extension, "");
    }

    private String state(SearchQuery.State state) {
        return switch (state) {
            case OFFLINE -> "not (" + reached() + ")";
            case ONLINE -> reached();
            case FAVORITE, TAGGED, NOTED -> "e.id in (" + subjects(new Test.Is(state)) + ")";
            case DUPLICATE -> copies(2, Long.MAX_VALUE);
        };
    }

    private String reached() {
        String here = blobs(List.of(presence.self()));
        String online = blobs(presence.online());
        String gone = presence.gone().stream().map(LocationId::value).map(Ids::bytes).map(SearchSql::blob)
                .collect(Collectors.joining(", "));
        return "e.location in " + LOCATIONS.formatted("c.owner in (" + here + ") and l.id not in (" + gone
                + ") or c.owner in (" + online + ")");
    }

    private static String blobs(Collection<DeviceId> devices) {
        return devices.stream().map(DeviceId::bytes).map(SearchSql::blob).collect(Collectors.joining(", "));
    }

    private static String blob(byte[] bytes) {
        return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }

    private String begins(String column, String text) {
        return matches(column, "", text, "*");
    }

    String contains(String column, String text) {
        return matches(column, "*", text, "*");
    }

    /// In both forms that letters with marks have.
    private String matches(String column, String before, String text, String after) {
        List<String> patterns = Stream.of(Normalizer.Form.NFC, Normalizer.Form.NFD)
                .map(form -> before + Letters.pattern(Normalizer.normalize(text, form)) + after).distinct()
                .filter(pattern -> pattern.getBytes(StandardCharsets.UTF_8).length <= PATTERN_BYTES_MAX).toList();
        binds.addAll(patterns);
        return patterns.isEmpty() ? "(0)" : "(" + patterns.stream().map(_ -> column + " glob ?")
                .collect(Collectors.joining(" or ")) + ")";
    }
}
