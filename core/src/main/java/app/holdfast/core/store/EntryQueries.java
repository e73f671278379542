package app.holdfast.core.store;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Questions about entries: what a view holds, and windows of it.
public final class EntryQueries {

    /// Rows asked for at once at most.
    static final int ROWS_MAX = 1_000;
    private static final int FOLDERS_DEEP_MAX = 4_096;

    private static final List<Class<?>> ROW = List.of(Long.class, byte[].class, String.class, Long.class, Long.class,
            Long.class, Long.class, byte[].class, byte[].class, byte[].class, String.class, Long.class, Long.class,
            byte[].class);
    private static final String SUBTREE = """
            (with recursive sub(id) as (select x'%s' union select t.id from tag t join sub s on t.parent = s.id)
            select id from sub)""";
    private static final String BY_NAME = LibraryFiles.NAME_KEY + "(%s)";
    private static final String HELD = """
            from entry e join location l on l.key = e.location join volume v on v.key = l.volume
            join stream s on s.subject = v.id join claim c on c.key = s.claim
            """;

    private final DSLContext sql;
    private final Supplier<Map<DeviceId, String>> deviceNames;
    private final Map<Long, String> folders = new HashMap<>();

    /// @param deviceNames asked once for each window
    EntryQueries(DSLContext sql, Supplier<Map<DeviceId, String>> deviceNames) {
        this.sql = sql;
        this.deviceNames = deviceNames;
    }

    /// The keys of all entries in scope, folders first.
    public EntryKeys keys(EntryScope scope, EntrySort sort, Presence presence) {
        List<Object> binds = new ArrayList<>();
        String query = "select e.key, case e.kind when 1 then 0 else e.size end from entry e" + held(sort)
                + " where e.claim is not null" + condition(scope, binds, presence) + order(sort);
        var rows = fetch(query, List.of(Long.class, Long.class), binds.toArray());
        long[] keys = new long[rows.size()];
        long bytes = 0;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = number(rows.get(i), 0);
            bytes += number(rows.get(i), 1);
        }
        return new EntryKeys(keys, bytes);
    }

    /// Plain SQL with the types of its columns; SQLite would have small numbers for all of a column when the first is
    /// small.
    private Result<Record> fetch(String query, List<Class<?>> types, Object... binds) {
        return sql.resultQuery(query, binds).coerce(types.stream().map(type -> DSL.field("", type)).toList()).fetch();
    }

    private static long number(Record row, int place) {
        Number number = (Number) row.get(place);
        return number == null ? 0 : number.longValue();
    }

    /// What the order needs beside the entry.
    static String held(EntrySort sort) {
        return sort.column() == EntrySort.Column.WHERE ? HELD.substring(HELD.indexOf(" join ")) : "";
    }

    static String order(EntrySort sort) {
        String direction = sort.ascending() ? " asc" : " desc";
        String column = switch (sort.column()) {
            case NAME -> BY_NAME.formatted("e.name") + direction;
            case SIZE -> "e.size" + direction;
            case MODIFIED -> "e.modified" + direction;
            case WHERE -> BY_NAME.formatted("v.label") + direction;
        };
        String among = sort.column() == EntrySort.Column.NAME ? "" : ", " + BY_NAME.formatted("e.name");
        return " order by e.kind <> 1, " + column + among + ", e.name, e.key";
    }

    private static String condition(EntryScope scope, List<Object> binds, Presence presence) {
        return switch (scope) {
            case EntryScope.Folder(LocationId location, Optional<EntryId> folder) -> {
                binds.add(Ids.bytes(location.value()));
                folder.ifPresent(id -> binds.add(Ids.bytes(id.value())));
                yield " and e.location = (select key from location where id = ?) and e.parent "
                        + (folder.isPresent() ? "= (select key from entry where id = ?)" : "is null");
            }
            case EntryScope.Tagged(TagId tag) -> " and " + tagged(tag);
            case EntryScope.Collected(CollectionId collection) -> {
                binds.add(Ids.bytes(collection.value()));
                yield " and e.id in (select i.subject from collection_item i join collection c on c.id = i.collection"
                        + " where c.id = ?)";
            }
            case EntryScope.Search(String text, List<TagId> tags) -> {
                StringBuilder all = new StringBuilder();
                if (!text.isBlank()) {
                    all.append(" and e.key in ").append(new SearchSql(presence, binds).named(text.strip()));
                }
                tags.forEach(tag -> all.append(" and ").append(tagged(tag)));
                yield all.toString();
            }
            case EntryScope.Copies(EntryId entry) -> {
                binds.add(Ids.bytes(entry.value()));
                yield " and e.content = (select content from entry where id = ?)";
            }
            case EntryScope.Query(SearchQuery query) -> new SearchSql(presence, binds).condition(query);
        };
    }

    /// Some of what fits, soon.
    ///
    /// @param limit at most [#ROWS_MAX]
    public FirstKeys first(SearchQuery query, EntrySort sort, int limit, Presence presence) {
        return new FirstFound(sql, presence, query, sort).find(Math.min(limit, ROWS_MAX));
    }

    private static String tagged(TagId tag) {
        String hex = tag.value().toString().replace("-", "");
        return "e.id in (select subject from assignment where tag in " + SUBTREE.formatted(hex) + ")";
    }

    /// The rows of these keys, in their order; those that are gone are left out.
    ///
    /// @throws IllegalArgumentException when more than [#ROWS_MAX] are asked for
    public List<EntryRow> rows(List<Long> keys, Presence presence) {
        if (keys.size() > ROWS_MAX) {
            throw new IllegalArgumentException("at most " + ROWS_MAX + " rows at once, not " + keys.size());
        }
        if (keys.isEmpty()) {
            return List.of();
        }
        String marks = String.join(",", keys.stream().map(key -> Long.toString(key)).toList());
        Map<DeviceId, String> names = deviceNames.get();
        Attached attached = new Attached(tags(marks), new NotedQueries(sql).of(marks));
        findFolders(marks);
        Map<Long, EntryRow> found = new HashMap<>();
        for (Record row : fetch("select e.key, e.id, e.name, e.parent, e.kind, e.size, e.modified, l.id, c.owner,"
                + " v.id, v.label, v.away, " + CopiesSql.COUNT + ", p.id " + HELD
                + " left join entry p on p.key = e.parent where e.claim is not null and e.key in (" + marks + ")",
                ROW)) {
            EntryRow entry = row(row, names, attached, presence);
            found.put(entry.key(), entry);
        }
        return keys.stream().map(found::get).filter(java.util.Objects::nonNull).toList();
    }

    /// What hangs on the entries of a window, by their keys.
    private record Attached(Map<Long, List<EntryRow.Tag>> tags, Map<Long, EntryRow.Noted> noted) {}

    private EntryRow row(Record row, Map<DeviceId, String> names, Attached attached, Presence presence) {
        long key = number(row, 0);
        String name = (String) row.get(2);
        Number parent = (Number) row.get(3);
        DeviceId owner = DeviceId.of((byte[]) row.get(8));
        LocationId location = new LocationId(uuid(row, 7));
        var holder = new EntryRow.Holder(owner, names.getOrDefault(owner, owner.shortHex()), new VolumeId(uuid(row, 9)),
                (String) row.get(10), presence.reaches(owner, location, number(row, 11)),
                owner.equals(presence.self()));
        String folder = folder(parent);
        return new EntryRow(key, new EntryId(uuid(row, 1)), name, folder.isEmpty() ? name : folder + "/" + name,
                parent == null ? Optional.empty() : Optional.of(new EntryId(uuid(row, 13))),
                EntryKind.of(number(row, 4)),
                number(row, 4) == EntryKind.DIRECTORY.code() ? 0 : number(row, 5),
                Instant.ofEpochMilli(number(row, 6)), location, holder,
                attached.tags.getOrDefault(key, List.of()),
                attached.noted.getOrDefault(key, EntryRow.Noted.NOTHING), (int) number(row, 12));
    }

    private static java.util.UUID uuid(Record row, int place) {
        return Ids.uuid((byte[]) row.get(place));
    }

    /// Looks up the paths of the folders that these entries lie in, all at once.
    private void findFolders(String keys) {
        Map<Long, StringBuilder> paths = new HashMap<>();
        for (Record row : fetch("with recursive up(start, parent, name, depth) as (select f.key, f.parent, f.name, 0"
                + " from entry f where f.key in (select parent from entry where key in (" + keys + "))"
                + " union all select u.start, a.parent, a.name, u.depth + 1 from up u join entry a on a.key = u.parent"
                + " where u.depth < " + FOLDERS_DEEP_MAX + ") select start, name from up order by start, depth desc",
                List.of(Long.class, String.class))) {
            StringBuilder path = paths.computeIfAbsent(number(row, 0), _ -> new StringBuilder());
            path.append(path.isEmpty() ? "" : "/").append((String) row.get(1));
        }
        paths.forEach((key, path) -> folders.put(key, path.toString()));
    }

    /// The path of a folder from the location's top; empty for the top itself.
    private String folder(@Nullable Number key) {
        return key == null ? "" : folders.getOrDefault(key.longValue(), "");
    }

    private Map<Long, List<EntryRow.Tag>> tags(String keys) {
        Map<Long, List<EntryRow.Tag>> tags = new HashMap<>();
        for (Record row : fetch("select e.key, t.id, t.name, t.color from entry e join assignment a"
                + " on a.subject = e.id join tag t on t.id = a.tag where e.key in (" + keys + ")"
                + " order by " + BY_NAME.formatted("t.name") + ", t.id",
                List.of(Long.class, byte[].class, String.class, String.class))) {
            tags.computeIfAbsent(number(row, 0), _ -> new ArrayList<>()).add(new EntryRow.Tag(new TagId(uuid(row, 1)),
                    (String) row.get(2), TagQueries.color((String) row.get(3))));
        }
        return tags;
    }

    public Optional<EntryRow> entry(EntryId id, Presence presence) {
        return keyOf(id).flatMap(key -> rows(List.of(key), presence).stream().findFirst());
    }

    private Optional<Long> keyOf(EntryId id) {
        return sql.resultQuery("select key from entry where claim is not null and id = ?", Ids.bytes(id.value()))
                .fetchOptional().map(row -> number(row, 0));
    }

    /// The folders above this one and itself, outermost first.
    public List<EntryRow> trail(EntryId folder, Presence presence) {
        List<Long> keys = new ArrayList<>();
        Number at = keyOf(folder).orElse(null);
        while (at != null && keys.size() < FOLDERS_DEEP_MAX) {
            keys.addFirst(at.longValue());
            Record row = sql.fetchOne("select parent from entry where key = ?", at.longValue());
            at = row == null ? null : (Number) row.get(0);
        }
        return keys.size() > ROWS_MAX ? rows(keys.subList(keys.size() - ROWS_MAX, keys.size()), presence)
                : rows(keys, presence);
    }

    /// Walks down from a location's top.
    ///
    /// @param names one for each step, in the bytes of the filesystem
    public Optional<EntryRow> below(LocationId location, List<byte[]> names, Presence presence) {
        Number at = null;
        for (byte[] name : names) {
            String text = new String(name, java.nio.charset.StandardCharsets.UTF_8);
            Record row = sql.resultQuery("select e.key from entry e join location l on l.key = e.location"
                            + " where l.id = ? and e.parent is ? and e.claim is not null"
                            + " and (e.raw_name = ? or e.raw_name is null and e.name = ?) limit 1",
                    Ids.bytes(location.value()), at, name, text).fetchAny();
            if (row == null) {
                return Optional.empty();
            }
            at = (Number) row.get(0);
        }
        return at == null ? Optional.empty() : rows(Arrays.asList(at.longValue()), presence).stream().findFirst();
    }
}
