package app.holdfast.core.store;

import app.holdfast.core.change.RecordRange;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.exception.DataAccessException;

/// Rows of one table that puts subjects to something else, gathered and written in the order of their keys, many to a
/// statement; a row that is there already is left alone. Confined to the writer, for one job (ADR 96).
final class PairRows {

    private static final String ROW = "(?, ?, ?)";

    private final Prepared prepared;
    private final String one;
    private final String many;
    private final String find;
    private final String delete;
    private final Map<UUID, Pair> waiting = new TreeMap<>(RecordRange.ORDER);
    private boolean isGathering;

    private record Pair(UUID to, UUID subject) {}

    /// @param column what the subject is put to
    PairRows(Prepared prepared, String table, String column) {
        this.prepared = prepared;
        String into = "insert or fail into " + table + " (id, " + column + ", subject) values ";
        String there = " on conflict (id) do update set " + column + " = excluded." + column
                + ", subject = excluded.subject where " + column + " <> excluded." + column
                + " or subject <> excluded.subject";
        this.one = into + ROW + there;
        this.many = into + (ROW + ", ").repeat(NewDots.ROWS - 1) + ROW + there;
        this.find = "select 1 from " + table + " where id = ?";
        this.delete = "delete from " + table + " where id = ?";
    }

    void gather() {
        isGathering = true;
    }

    void put(UUID id, UUID to, UUID subject) {
        waiting.put(id, new Pair(to, subject));
        if (!isGathering) {
            write();
        }
    }

    boolean has(UUID id) {
        return waiting.containsKey(id) || prepared.finds(find, Ids.bytes(id));
    }

    void remove(UUID id) {
        waiting.remove(id);
        prepared.update(delete, Ids.bytes(id));
    }

    void write() {
        isGathering = false;
        try {
            Iterator<Map.Entry<UUID, Pair>> rows = waiting.entrySet().iterator();
            for (int left = waiting.size(); left > 0;) {
                int count = left >= NewDots.ROWS ? NewDots.ROWS : 1;
                PreparedStatement insert = prepared.statement(count == 1 ? one : many);
                for (int place = 1; place <= 3 * count; place += 3) {
                    Map.Entry<UUID, Pair> row = rows.next();
                    insert.setBytes(place, Ids.bytes(row.getKey()));
                    insert.setBytes(place + 1, Ids.bytes(row.getValue().to));
                    insert.setBytes(place + 2, Ids.bytes(row.getValue().subject));
                }
                insert.executeUpdate();
                left -= count;
            }
        } catch (SQLException e) {
            throw new DataAccessException("writing pairs", e);
        }
        waiting.clear();
    }
}
