package app.holdfast.core.store;

import app.holdfast.core.model.EntryKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The SQL of [EntryMerge], prepared once and kept with the connection: a first scan runs it hundreds of thousands of
/// times.
final class EntryStatements {

    /// No key of any row.
    static final long NONE = -1;
    /// One statement for so many rows costs a third of as many statements.
    private static final int ROWS_PER_INSERT = 50;

    /// Without the key, which is the next one all the same: given one, SQLite keeps a journal for it (ADR 252).
    private static final String INSERT = """
            insert or fail into entry (id, claim, sequence, location, parent, name, raw_name, kind, size, modified)
            values\
            """;
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_ONE = INSERT + ROW;
    private static final String INSERT_MANY = INSERT + (ROW + ", ").repeat(ROWS_PER_INSERT - 1) + ROW;
    private static final int COLUMNS = 10;
    private static final String NODE_ROW = "(?, ?, ?)";
    private static final int NODE_COLUMNS = 3;
    private static final String INSERT_NODE = "insert or fail into entry_node (entry, node, folder) values " + NODE_ROW;
    private static final String INSERT_NODES =
            INSERT_NODE + (", " + NODE_ROW).repeat(ROWS_PER_INSERT - 1);

    private static final int ROWS_PER_DELETE = 100;
    private static final String DELETE_ONE = "delete from entry where key = ?";
    private static final String DELETE_MANY =
            "delete from entry where key in (" + "?, ".repeat(ROWS_PER_DELETE - 1) + "?)";

    private final Prepared prepared;

    EntryStatements(Prepared prepared) {
        this.prepared = prepared;
    }

    private PreparedStatement statement(String sql) throws SQLException {
        return prepared.statement(sql);
    }

    /// @return [#NONE] when there is no such location
    long locationKey(UUID location) throws SQLException {
        PreparedStatement select = statement("select key from location where id = ?");
        select.setBytes(1, Ids.bytes(location));
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : NONE;
        }
    }

    boolean isEntry(long key, UUID id) throws SQLException {
        PreparedStatement select = statement("select 1 from entry where key = ? and id = ?");
        select.setLong(1, key);
        select.setBytes(2, Ids.bytes(id));
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /// The rows of a folder by their identity. Of twins, which no disk has, one is under a name that none has, so
    /// that it is found missing.
    Map<String, KnownEntry> children(long location, long parent) throws SQLException {
        PreparedStatement select = statement("""
                select key, id, name, raw_name, kind, size, modified, node from entry
                left join entry_node on entry = key where parent is ? and location = ?""");
        setParent(select, 1, parent);
        select.setLong(2, location);
        var children = new HashMap<String, KnownEntry>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long key = row.getLong(1);
                var entry = new KnownEntry(key, Ids.uuid(row.getBytes(2)), EntryKind.of(row.getLong(5)),
                        row.getLong(6), row.getLong(7), row.getLong(8));
                KnownEntry twin = children.put(FoundEntry.identity(row.getString(3), row.getBytes(4)), entry);
                if (twin != null) {
                    children.put("\0twin/" + twin.key(), twin);
                }
            }
        }
        return children;
    }

    /// What the file has in it is not known any more.
    void update(long key, FoundEntry found, long claim, long sequence) throws SQLException {
        PreparedStatement update = statement(
                "update or fail entry set kind = ?, size = ?, modified = ?,"
                + " sample = null, content = null, claim = ?, sequence = ? where key = ?");
        update.setLong(1, found.kind().code());
        update.setLong(2, found.size());
        update.setLong(3, found.modifiedMillis());
        update.setLong(4, claim);
        update.setLong(5, sequence);
        update.setLong(6, key);
        update.executeUpdate();
    }

    /// Notes what only this device knows: no stamp changes.
    void updateNode(long key, FoundEntry found) throws SQLException {
        updateNode(key, found.node(), isFolder(found));
    }

    /// @param folder 1 for one, otherwise 0
    void updateNode(long key, long node, long folder) throws SQLException {
        PreparedStatement update = statement(node == 0 ? "delete from entry_node where entry = ?"
                : INSERT_NODE + " on conflict do update set node = excluded.node");
        update.setLong(1, key);
        if (node != 0) {
            update.setLong(2, node);
            update.setLong(NODE_COLUMNS, folder);
        }
        update.executeUpdate();
    }

    private static long isFolder(FoundEntry found) {
        return found.kind() == EntryKind.DIRECTORY ? 1 : 0;
    }

    /// @return how many rows are gone: the folder's and all below it
    int deleteFolder(long key, long location) throws SQLException {
        PreparedStatement delete = statement("""
                with recursive below(key) as (values (?)
                union all select e.key from entry e join below b on e.parent = b.key and e.location = ?)
                delete from entry where key in (select key from below)""");
        delete.setLong(1, key);
        delete.setLong(2, location);
        return delete.executeUpdate();
    }

    /// @param keys of rows with nothing below them
    /// @return how many rows are gone
    int delete(List<Long> keys) throws SQLException {
        int gone = 0;
        for (int from = 0; from < keys.size();) {
            int count = keys.size() - from < ROWS_PER_DELETE ? 1 : ROWS_PER_DELETE;
            PreparedStatement delete = statement(count == 1 ? DELETE_ONE : DELETE_MANY);
            for (int i = 0; i < count; i++) {
                delete.setLong(i + 1, keys.get(from + i));
            }
            gone += delete.executeUpdate();
            from += count;
        }
        return gone;
    }

    /// Starts a run of inserts into one location. Keys go on from the greatest, so that rows are appended.
    Inserts startInserting(long location, long claim) throws SQLException {
        return new Inserts(location, claim, greatestKey());
    }

    private long greatestKey() throws SQLException {
        try (ResultSet greatest = statement("select coalesce(max(key), 0) from entry").executeQuery()) {
            return greatest.getLong(1);
        }
    }

    private record NewEntry(long key, long parent, FoundEntry found, UUID id, long sequence) {}

    /// Collects rows and inserts them together. Used within one job.
    final class Inserts {
        private final long location;
        private final long claim;
        private final List<NewEntry> waiting = new ArrayList<>(ROWS_PER_INSERT);
        private long greatestKey;

        private Inserts(long location, long claim, long greatestKey) {
            this.location = location;
            this.claim = claim;
            this.greatestKey = greatestKey;
        }

        long location() {
            return location;
        }

        long greatestKey() {
            return greatestKey;
        }

        /// @return the row's key
        long add(long parent, FoundEntry found, UUID id, long sequence) throws SQLException {
            waiting.add(new NewEntry(++greatestKey, parent, found, id, sequence));
            if (waiting.size() == ROWS_PER_INSERT) {
                PreparedStatement insert = statement(INSERT_MANY);
                int at = 1;
                for (NewEntry entry : waiting) {
                    bind(insert, at, entry);
                    at += COLUMNS;
                }
                insert.executeUpdate();
                insertNodes();
                waiting.clear();
            }
            return greatestKey;
        }

        void flush() throws SQLException {
            for (NewEntry entry : waiting) {
                PreparedStatement insert = statement(INSERT_ONE);
                bind(insert, 1, entry);
                insert.executeUpdate();
            }
            insertNodes();
            waiting.clear();
            if (EntryStatements.this.greatestKey() != greatestKey) {
                throw new IllegalStateException("the entry put in last has another key than " + greatestKey);
            }
        }

        private void insertNodes() throws SQLException {
            List<NewEntry> known = waiting.stream().filter(entry -> entry.found().node() != 0).toList();
            boolean together = known.size() == ROWS_PER_INSERT;
            PreparedStatement insert = statement(together ? INSERT_NODES : INSERT_NODE);
            int at = 1;
            for (NewEntry entry : known) {
                insert.setLong(at, entry.key());
                insert.setLong(at + 1, entry.found().node());
                insert.setLong(at + 2, isFolder(entry.found()));
                if (together) {
                    at += NODE_COLUMNS;
                } else {
                    insert.executeUpdate();
                }
            }
            if (together) {
                insert.executeUpdate();
            }
        }

        private void bind(PreparedStatement insert, int at, NewEntry entry) throws SQLException {
            FoundEntry found = entry.found();
            insert.setBytes(at, Ids.bytes(entry.id()));
            insert.setLong(at + 1, claim);
            insert.setLong(at + 2, entry.sequence());
            insert.setLong(at + 3, location);
            setParent(insert, at + 4, entry.parent());
            insert.setString(at + 5, found.name());
            setBytes(insert, at + 6, found.rawName());
            insert.setLong(at + 7, found.kind().code());
            insert.setLong(at + 8, found.size());
            insert.setLong(at + 9, found.modifiedMillis());
        }
    }

    static void setParent(PreparedStatement statement, int at, long parent) throws SQLException {
        if (parent == ScannedFolder.TOP) {
            statement.setNull(at, Types.INTEGER);
        } else {
            statement.setLong(at, parent);
        }
    }

    private static void setBytes(PreparedStatement statement, int at, byte @Nullable [] bytes) throws SQLException {
        if (bytes == null) {
            statement.setNull(at, Types.BLOB);
        } else {
            statement.setBytes(at, bytes);
        }
    }
}
