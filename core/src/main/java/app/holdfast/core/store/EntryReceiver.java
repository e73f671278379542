package app.holdfast.core.store;

import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.RowReceiver.Held;
import java.sql.Connection;
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
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Takes a page of entries in, by the thousand: plain JDBC batches, ids looked up by the hundred.
///
/// A parent that has not arrived yet gets a row of its own without a claim; nobody sees that row until the parent
/// itself comes.
final class EntryReceiver {

    private static final int LOOKUP_IDS = 200;
    private static final String INSERT = """
            insert or fail into entry (claim, sequence, location, parent, name, raw_name, kind, size, modified, extra,
            sample, content, id, key) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            update or fail entry set claim = ?, sequence = ?, location = ?, parent = ?, name = ?, raw_name = ?,
            kind = ?, size = ?, modified = ?, extra = ?, sample = ?, content = ? where key = ?""";

    private final Connection connection;
    private final long streamClaim;
    private final ToLongFunction<OwnedRow> stampedBy;
    private final Taking taking;
    private final Map<UUID, Held> held = new HashMap<>();
    /// In which location each held row lies; the key is the row's.
    private final Map<Long, Long> places = new HashMap<>();
    private final Map<UUID, Long> locations;
    private long lastKey;

    /// @param volume the stream's subject: rows of other streams are nobody's to change here
    EntryReceiver(Transaction tx, UUID volume, long streamClaim, ToLongFunction<OwnedRow> stampedBy,
            Taking taking) {
        this.connection = tx.connection();
        this.streamClaim = streamClaim;
        this.stampedBy = stampedBy;
        this.taking = taking;
        this.locations = new Leaves(tx).locations(volume);
    }

    /// @return whether all rows stand here now as they were offered
    boolean receive(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        int parentPlace = fields.place("parent");
        int locationPlace = fields.place("location");
        try (var defer = connection.createStatement()) {
            defer.execute("pragma defer_foreign_keys = on");
            lookUp(page, parentPlace);
            boolean all = true;
            try (PreparedStatement insert = connection.prepareStatement(INSERT);
                    PreparedStatement update = connection.prepareStatement(UPDATE)) {
                for (OwnedRow row : page.rows()) {
                    Held known = held.get(row.id());
                    long claim = stampedBy.applyAsLong(row);
                    if (known != null && !locations.containsValue(places.get(known.key()))) {
                        all = false; // it is a row of another stream
                        continue;
                    }
                    if (known != null) {
                        taking.seen().ifPresent(rows -> rows.add("entry", known.key()));
                        if (!taking.replaces(claim, row.sequence(), known, streamClaim)) {
                            all = false;
                            continue;
                        }
                    }
                    Long location = RowFields.value(row, locationPlace) instanceof Value.Ref(UUID id)
                            && !taking.without().contains(id) ? locations.get(id) : null;
                    Value above = RowFields.value(row, parentPlace);
                    boolean isItself = above.equals(new Value.Ref(row.id()));
                    Long parent = location != null && !isItself && above instanceof Value.Ref(UUID id)
                            ? parent(id, location) : null;
                    if (location == null || isItself || parent != null && !location.equals(places.get(parent))) {
                        all = false;
                        continue;
                    }
                    long key = known != null ? known.key() : ++lastKey;
                    PreparedStatement statement = known != null ? update : insert;
                    bind(statement, fields, row, new Place(claim, location, parent));
                    if (known == null) {
                        statement.setBytes(13, Ids.bytes(row.id()));
                        taking.seen().ifPresent(rows -> rows.add("entry", key));
                    }
                    statement.setLong(known != null ? 13 : 14, key);
                    statement.addBatch();
                    held.put(row.id(), new Held(key, claim, row.sequence()));
                    places.put(key, location);
                }
                update.executeBatch();
                insert.executeBatch();
            }
            return all;
        } catch (SQLException e) {
            throw new DataAccessException("a page of entries", e);
        }
    }

    private record Place(long claim, long location, @Nullable Long parent) {}

    private static void bind(PreparedStatement statement, RowFields fields, OwnedRow row, Place place)
            throws SQLException {
        statement.setLong(1, place.claim);
        statement.setLong(2, row.sequence());
        statement.setLong(3, place.location);
        if (place.parent == null) {
            statement.setNull(4, Types.INTEGER);
        } else {
            statement.setLong(4, place.parent);
        }
        statement.setString(5, fields.text(row, "name"));
        statement.setBytes(6, fields.blob(row, "raw_name"));
        statement.setLong(7, fields.whole(row, "kind"));
        statement.setLong(8, fields.whole(row, "size"));
        statement.setLong(9, fields.whole(row, "modified"));
        statement.setBytes(10, fields.unknown(row, RowFields.ENTRY));
        statement.setBytes(11, fields.blob(row, "sample"));
        statement.setBytes(12, fields.blob(row, "content"));
    }

    private void lookUp(OwnedRows page, int parentPlace) throws SQLException {
        Set<UUID> wanted = new LinkedHashSet<>();
        for (OwnedRow row : page.rows()) {
            wanted.add(row.id());
            if (RowFields.value(row, parentPlace) instanceof Value.Ref(UUID parent)) {
                wanted.add(parent);
            }
        }
        List<UUID> ids = new ArrayList<>(wanted);
        String marks = "?,".repeat(LOOKUP_IDS - 1) + "?";
        try (PreparedStatement select = connection.prepareStatement(
                "select key, id, claim, sequence, location from entry where id in (" + marks + ")")) {
            for (int first = 0; first < ids.size(); first += LOOKUP_IDS) {
                for (int i = 0; i < LOOKUP_IDS; i++) {
                    select.setBytes(i + 1, first + i < ids.size() ? Ids.bytes(ids.get(first + i)) : null);
                }
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        held.put(Ids.uuid(found.getBytes(2)),
                                new Held(found.getLong(1), found.getLong(3), found.getLong(4)));
                        places.put(found.getLong(1), found.getLong(5));
                    }
                }
            }
        }
        try (var statement = connection.createStatement();
                ResultSet max = statement.executeQuery("select coalesce(max(key), 0) from entry")) {
            lastKey = max.next() ? max.getLong(1) : 0;
        }
    }

    private long parent(UUID id, long location) throws SQLException {
        Held known = held.get(id);
        if (known != null) {
            return known.key();
        }
        long key = ++lastKey;
        try (PreparedStatement insert = connection.prepareStatement("""
                insert or fail into entry (key, id, claim, sequence, location, parent, name, kind, size, modified)
                values (?, ?, null, 0, ?, null, '', 1, 0, 0)""")) {
            insert.setLong(1, key);
            insert.setBytes(2, Ids.bytes(id));
            insert.setLong(3, location);
            insert.executeUpdate();
        }
        held.put(id, new Held(key, 0, 0));
        places.put(key, location);
        return key;
    }
}
