package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// The table of what stretches of streams hash to (ADR 70). Whoever changes rows only notes which stretches are stale;
/// they are read and hashed again when somebody asks. Used within one job, on the writer.
///
/// Entries that are inserted are noted by whoever inserts them, everything else by triggers.
final class Leaves {

    /// Stretches read at once: their rows fit in one table of a page.
    private static final int STRETCHES_AT_ONCE = OwnedRows.ROWS_MAX / Leaf.ROWS_MAX;

    private final Transaction tx;
    private final Prepared prepared;

    Leaves(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    /// Notes that rows with these sequences were written.
    void written(long claim, long from, long to) {
        try {
            PreparedStatement insert = prepared.statement("insert or ignore into stale_leaf values (?, ?)");
            for (long number = Leaf.number(from); number <= Leaf.number(to); number++) {
                insert.setLong(1, claim);
                insert.setLong(2, number);
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new DataAccessException("noting written rows", e);
        }
    }

    /// Distrusts all leaves of a stream.
    void forget(UUID subject) {
        prepared.update("""
                insert or ignore into stale_leaf select distinct l.claim, l.number from leaf l
                join claim c on c.key = l.claim where c.subject = ?""", Ids.bytes(subject));
    }

    /// Rows of one claim whose sequences are next to each other.
    record Stretch(long claim, long number) {

        /// Before all.
        static final Stretch NONE = new Stretch(0, -1);
    }

    private List<Stretch> stale(UUID subject, int atMost) throws SQLException {
        var stretches = new ArrayList<Stretch>();
        PreparedStatement select = prepared.statement("""
                select s.claim, s.number from claim c join stale_leaf s on s.claim = c.key
                where c.subject = ? order by s.claim, s.number""");
        select.setBytes(1, Ids.bytes(subject));
        try (ResultSet found = select.executeQuery()) {
            while (stretches.size() < atMost && found.next()) {
                stretches.add(new Stretch(found.getLong(1), found.getLong(2)));
            }
        }
        return stretches;
    }

    /// The next stretches of a stream that are not stale.
    ///
    /// @param after what comes before them
    List<Stretch> hashed(UUID subject, Stretch after, int atMost) {
        return prepared.all("""
                select distinct l.claim, l.number from claim c join leaf l on l.claim = c.key
                where c.subject = ? and (l.claim > ? or l.claim = ? and l.number > ?) and not exists
                (select 1 from stale_leaf s where s.claim = l.claim and s.number = l.number)
                order by l.claim, l.number limit ?""", row -> new Stretch(row.getLong(1), row.getLong(2)),
                Ids.bytes(subject), after.claim, after.claim, after.number, (long) atMost);
    }

    /// Whether the rows of these stretches still hash to what is noted.
    boolean areAsHashed(UUID subject, List<Stretch> stretches) {
        Map<UUID, Long> locations = locations(subject);
        for (Stretch stretch : stretches) {
            LeafRows rows = new LeafRows(tx.claims().of(stretch.claim).id());
            new RowReader(tx, subject, stretch.claim).stamped(stretch.claim, stretch.number * Leaf.ROWS_MAX,
                    (stretch.number + 1) * Leaf.ROWS_MAX).forEach(rows::add);
            Map<Long, Hash> found = new HashMap<>();
            rows.names().forEach(name -> found.put(key(locations, name), rows.hash(name)));
            Map<Long, Hash> noted = new HashMap<>();
            prepared.all("select location, hash from leaf where claim = ? and number = ?",
                    row -> Map.entry(row.getLong(1), Hash.read(row.getBytes(2), 0)), stretch.claim, stretch.number)
                    .forEach(leaf -> noted.put(leaf.getKey(), leaf.getValue()));
            if (!found.equals(noted)) {
                return false;
            }
        }
        return true;
    }

    /// Hashes what is stale again.
    ///
    /// @param atMost stretches in one go
    /// @return whether nothing is stale now
    boolean refresh(UUID subject, int atMost) {
        try {
            List<Stretch> stale = stale(subject, atMost);
            if (stale.isEmpty()) {
                return true;
            }
            Map<UUID, Long> locations = locations(subject);
            RowReader reader = new RowReader(tx, subject, stale.getFirst().claim);
            int from = 0;
            while (from < stale.size()) {
                int to = from + 1;
                while (to < stale.size() && to - from < STRETCHES_AT_ONCE
                        && stale.get(to).claim == stale.get(from).claim
                        && stale.get(to).number == stale.get(from).number + to - from) {
                    to++;
                }
                reader = reader.of(stale.get(from).claim);
                refresh(reader, locations, stale.get(from), stale.get(to - 1));
                from = to;
            }
            return stale.size() < atMost && stale(subject, 1).isEmpty(); // rows that cannot be read may have gone
        } catch (SQLException e) {
            throw new DataAccessException("hashing leaves", e);
        }
    }

    /// Hashes all that is stale again.
    void refreshAll(UUID subject) {
        boolean isDone;
        do {
            isDone = refresh(subject, Integer.MAX_VALUE);
        } while (!isDone);
    }

    private void refresh(RowReader reader, Map<UUID, Long> locations, Stretch first, Stretch last)
            throws SQLException {
        Dot claim = tx.claims().of(first.claim).id();
        LeafRows rows = new LeafRows(claim);
        reader.stamped(first.claim, first.number * Leaf.ROWS_MAX, (last.number + 1) * Leaf.ROWS_MAX).forEach(rows::add);
        for (String table : List.of("leaf", "stale_leaf")) {
            prepared.update("delete from " + table + " where claim = ? and number between ? and ?", first.claim,
                    first.number, last.number);
        }
        rows.names().forEach(name -> put(first.claim, name, locations, rows.hash(name)));
    }

    private void put(long claim, Leaf.Name name, Map<UUID, Long> locations, Hash hash) {
        prepared.update("insert into leaf values (?, ?, ?, ?)", claim, name.number(), key(locations, name),
                hash.bytes());
    }

    private static long key(Map<UUID, Long> locations, Leaf.Name name) {
        return Math.max(0, location(locations, name.location()));
    }

    /// Notes leaves of which all rows, and nothing else, have just been put in: they need not be read again. Those that
    /// are stale all the same stay so.
    void known(UUID subject, List<Leaf> leaves) {
        Map<UUID, Long> locations = locations(subject);
        try {
            PreparedStatement isStale =
                    prepared.statement("select 1 from stale_leaf where claim = ? and number = ?");
            for (Leaf leaf : leaves) {
                long claim = tx.claims().key(subject, leaf.claim());
                isStale.setLong(1, claim);
                isStale.setLong(2, leaf.number());
                try (ResultSet found = isStale.executeQuery()) {
                    if (found.next()) {
                        continue;
                    }
                }
                if (lookUp(claim, leaf.number(), location(locations, leaf.location())) == null) {
                    put(claim, leaf.name(), locations, leaf.hash());
                } else {
                    written(claim, leaf.number() * Leaf.ROWS_MAX, leaf.number() * Leaf.ROWS_MAX);
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("noting leaves", e);
        }
    }

    /// The key of a location, 0 for none, -1 for one that is not here.
    static long location(Map<UUID, Long> locations, UUID id) {
        return id.equals(Leaf.NO_LOCATION) ? 0 : locations.getOrDefault(id, -1L);
    }

    private byte @Nullable [] lookUp(long claim, long number, long location)
            throws SQLException {
        PreparedStatement select =
                prepared.statement("select hash from leaf where claim = ? and number = ? and location = ?");
        select.setLong(1, claim);
        select.setLong(2, number);
        select.setLong(3, location);
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? found.getBytes(1) : null;
        }
    }

    /// Whether this device holds a leaf just as it is named; nothing of the stream may be stale.
    boolean holds(UUID subject, Leaf leaf, Map<UUID, Long> locations) {
        Optional<Long> claim = tx.claims().known(subject, leaf.claim());
        if (claim.isEmpty()) {
            return false;
        }
        try {
            byte[] held = lookUp(claim.get(), leaf.number(), location(locations, leaf.location()));
            return held != null && Hash.read(held, 0).equals(leaf.hash());
        } catch (SQLException e) {
            throw new DataAccessException("looking for a leaf", e);
        }
    }

    /// All leaves of a stream, in their order.
    List<Leaf> of(UUID subject) {
        refreshAll(subject);
        var leaves = new ArrayList<Leaf>();
        var claims = new HashMap<Long, Dot>();
        try {
            PreparedStatement select = prepared.statement("""
                    select l.claim, l.number, l.hash, o.id from claim c join leaf l on l.claim = c.key
                    left join location o on o.key = l.location where c.subject = ?""");
            select.setBytes(1, Ids.bytes(subject));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    byte[] location = found.getBytes(4);
                    Dot claim = claims.computeIfAbsent(found.getLong(1), key -> tx.claims().of(key).id());
                    leaves.add(new Leaf(claim, found.getLong(2),
                            location == null ? Leaf.NO_LOCATION : Ids.uuid(location),
                            Hash.read(found.getBytes(3), 0)));
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading leaves", e);
        }
        leaves.sort(Leaf.ORDER);
        return leaves;
    }

    /// The keys of a volume's locations.
    Map<UUID, Long> locations(UUID volume) {
        var keys = new HashMap<UUID, Long>();
        try {
            PreparedStatement select = prepared.statement(
                    "select l.id, l.key from location l join volume v on v.key = l.volume where v.id = ?"
                            + " and length(l.id) = 16");
            select.setBytes(1, Ids.bytes(volume));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    keys.put(Ids.uuid(found.getBytes(1)), found.getLong(2));
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading a volume's locations", e);
        }
        return keys;
    }
}
