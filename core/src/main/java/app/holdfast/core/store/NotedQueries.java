package app.holdfast.core.store;

import app.holdfast.core.api.EntryRow;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// What a person noted about entries.
final class NotedQueries {

    private final DSLContext sql;

    NotedQueries(DSLContext sql) {
        this.sql = sql;
    }

    /// @param keys of entries, separated by commas
    /// @return by key, without entries about which nothing was noted
    Map<Long, EntryRow.Noted> of(String keys) {
        Map<Long, SortedMap<String, String>> fields = new HashMap<>();
        for (Record row : sql.resultQuery("select e.key, f.name, f.value from entry e"
                + " join metadata m on m.subject = e.id join metadata_field f on f.metadata = m.id where e.key in ("
                + keys + ")")
                .coerce(DSL.field("", Long.class), DSL.field("", String.class), DSL.field("", String.class))) {
            fields.computeIfAbsent(number(row, 0), _ -> new TreeMap<>()).put((String) row.get(1), (String) row.get(2));
        }
        Map<Long, EntryRow.Noted> noted = new HashMap<>();
        for (Record row : sql.resultQuery("select e.key, m.note, m.rating, m.favorite from entry e"
                + " join metadata m on m.subject = e.id where e.key in (" + keys + ")")
                .coerce(DSL.field("", Long.class), DSL.field("", String.class), DSL.field("", Long.class),
                        DSL.field("", Long.class))) {
            long key = number(row, 0);
            noted.put(key, new EntryRow.Noted((String) row.get(1), (int) number(row, 2), number(row, 3) != 0,
                    fields.getOrDefault(key, new TreeMap<>())));
        }
        return noted;
    }

    private static long number(Record row, int place) {
        Number number = (Number) row.get(place);
        return number == null ? 0 : number.longValue();
    }
}
