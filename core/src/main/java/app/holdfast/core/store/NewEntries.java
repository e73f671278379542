package app.holdfast.core.store;

import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.model.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jooq.exception.DataAccessException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The fast way for pages of entries of which none is here yet, as in a first exchange: nothing is looked up but the
/// folders that they lie in. When it does not come out, it is undone and [EntryReceiver] looks at each row.
final class NewEntries {

    private static final int ROWS_PER_INSERT = 50;
    private static final int COLUMNS = 13;
    private static final int PARENTS_PER_LOOKUP = 100;
    /// The keys are the next ones, as in [EntryStatements].
    private static final String INTO = """
            insert or fail into entry (claim, sequence, location, parent, name, raw_name, kind, size, modified, extra,
            id, sample, content) values\
            """;
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_ONE = INTO + ROW;
    private static final String INSERT_MANY = INTO + (ROW + ", ").repeat(ROWS_PER_INSERT - 1) + ROW;
    private static final String PARENTS = "select id, key, location from entry where id in ("
            + "?, ".repeat(PARENTS_PER_LOOKUP - 1) + "?)";

    private final Transaction tx;
    private final Prepared prepared;
    private final Map<UUID, Long> locations;
    private final ToLongFunction<OwnedRow> stampedBy;
    private final Taking taking;
    private final Map<UUID, Place> places = new HashMap<>();

    /// Where an entry stands.
    private record Place(long key, long location) {}

    NewEntries(Transaction tx, UUID volume, ToLongFunction<OwnedRow> stampedBy, Taking taking) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
        this.locations = new Leaves(tx).locations(volume);
        this.stampedBy = stampedBy;
        this.taking = taking;
    }

    /// @return false when nothing was put in
    boolean insert(OwnedRows page) {
        return tx.attempt(() -> {
            try {
                return put(page);
            } catch (SQLException e) {
                if (e instanceof SQLiteException sqlite && (sqlite.getResultCode().code & 0xff)
                        == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
                    return false; // one of them is here
                }
                throw new DataAccessException("a page of new entries", e);
            }
        });
    }

    private boolean put(OwnedRows page) throws SQLException {
        RowFields fields = new RowFields(page.fields());
        int parentPlace = fields.place("parent");
        int locationPlace = fields.place("location");
        long firstKey = greatestKey() + 1;
        Set<UUID> parents = new LinkedHashSet<>();
        for (int i = 0; i < page.rows().size(); i++) {
            OwnedRow row = page.rows().get(i);
            Long location = RowFields.value(row, locationPlace) instanceof Value.Ref(UUID id)
                    && !taking.without().contains(id) ? locations.get(id) : null;
            if (location == null || places.put(row.id(), new Place(firstKey + i, location)) != null) {
                return false;
            }
            if (RowFields.value(row, parentPlace) instanceof Value.Ref(UUID parent)) {
                parents.add(parent);
            }
        }
        parents.removeAll(places.keySet());
        lookUp(List.copyOf(parents));
        int from = 0;
        while (from < page.rows().size()) {
            int count = page.rows().size() - from < ROWS_PER_INSERT ? 1 : ROWS_PER_INSERT;
            PreparedStatement insert = prepared.statement(count == 1 ? INSERT_ONE : INSERT_MANY);
            for (int i = 0; i < count; i++) {
                OwnedRow row = page.rows().get(from + i);
                Optional<UUID> parent = RowFields.value(row, parentPlace) instanceof Value.Ref(UUID id)
                        ? Optional.of(id) : Optional.empty();
                if (!bind(insert, i * COLUMNS, fields, row, parent)) {
                    return false;
                }
            }
            insert.executeUpdate();
            from += count;
        }
        taking.seen().ifPresent(seen -> LongStream.range(firstKey, firstKey + page.rows().size())
                .forEach(key -> seen.add("entry", key)));
        return true;
    }

    private boolean bind(PreparedStatement insert, int before, RowFields fields, OwnedRow row, Optional<UUID> parent)
            throws SQLException {
        Place place = places.get(row.id());
        Place above = parent.map(places::get).orElse(null);
        if (place == null || parent.isPresent()
                && (above == null || above.location != place.location || above.key == place.key)) {
            return false;
        }
        insert.setLong(before + 1, stampedBy.applyAsLong(row));
        insert.setLong(before + 2, row.sequence());
        insert.setLong(before + 3, place.location);
        if (above == null) {
            insert.setNull(before + 4, Types.INTEGER);
        } else {
            insert.setLong(before + 4, above.key);
        }
        insert.setString(before + 5, fields.text(row, "name"));
        insert.setBytes(before + 6, fields.blob(row, "raw_name"));
        insert.setLong(before + 7, fields.whole(row, "kind"));
        insert.setLong(before + 8, fields.whole(row, "size"));
        insert.setLong(before + 9, fields.whole(row, "modified"));
        insert.setBytes(before + 10, fields.unknown(row, RowFields.ENTRY));
        insert.setBytes(before + 11, Ids.bytes(row.id()));
        insert.setBytes(before + 12, fields.blob(row, "sample"));
        insert.setBytes(before + 13, fields.blob(row, "content"));
        return true;
    }

    private long greatestKey() throws SQLException {
        try (ResultSet max = prepared.statement("select coalesce(max(key), 0) from entry").executeQuery()) {
            return max.next() ? max.getLong(1) : 0;
        }
    }

    private void lookUp(List<UUID> ids) throws SQLException {
        List<UUID> rest = new ArrayList<>(ids);
        PreparedStatement select = prepared.statement(PARENTS);
        while (!rest.isEmpty()) {
            List<UUID> some = rest.subList(0, Math.min(rest.size(), PARENTS_PER_LOOKUP));
            for (int i = 0; i < PARENTS_PER_LOOKUP; i++) {
                select.setBytes(i + 1, i < some.size() ? Ids.bytes(some.get(i)) : null);
            }
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    places.put(Ids.uuid(found.getBytes(1)), new Place(found.getLong(2), found.getLong(3)));
                }
            }
            some.clear();
        }
    }
}
