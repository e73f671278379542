package app.holdfast.core.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/// The nodes of the files that one scan put in, to be looked up when it ends: 16 bytes for each. Confined to the
/// writer.
final class NewNodes {

    private static final int FIRST_CAPACITY = 1_024;
    private static final long[] NO_KEYS = {};

    /// In order; the keys stand in the places of their nodes.
    private long[] nodes = {};
    private long[] keys = {};
    private int count;

    private NewNodes() {
    }

    static NewNodes none() {
        return new NewNodes();
    }

    /// @param after the greatest key before the scan
    static NewNodes read(Prepared prepared, long after) throws SQLException {
        NewNodes read = new NewNodes();
        PreparedStatement select = prepared.statement("select node, entry from entry_node where entry > ?"
                + " and folder = 0 order by node, entry");
        select.setLong(1, after);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                read.add(row.getLong(1), row.getLong(2));
            }
        }
        return read;
    }

    private void add(long node, long key) {
        if (count == nodes.length) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * count);
            nodes = Arrays.copyOf(nodes, capacity);
            keys = Arrays.copyOf(keys, capacity);
        }
        nodes[count] = node;
        keys[count++] = key;
    }

    /// The keys of the files that have this node: as many as they have names. Some may be gone by now.
    long[] of(long node) {
        int at = Arrays.binarySearch(nodes, 0, count, node);
        if (at < 0) {
            return NO_KEYS;
        }
        int from = at;
        while (from > 0 && nodes[from - 1] == node) {
            from--;
        }
        int to = at + 1;
        while (to < count && nodes[to] == node) {
            to++;
        }
        return Arrays.copyOfRange(keys, from, to);
    }
}
