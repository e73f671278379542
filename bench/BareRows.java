import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.model.Value;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.sqlite.SQLiteConfig;

/// The least that a merge has to do with SQLite: the same rows go into the same tables, with the same settings, in the
/// same transactions, in the order of their keys and many to a statement, all laid ready before. Nothing is decoded,
/// looked at or decided. Whatever merges into these tables takes at least so long.
final class BareRows {

    private static final int ROWS = 32;
    private static final String DOT = "(?, ?, ?, ?, ?, ?)";
    /// Any of four bytes.
    private static final long SUM = 1L << 31;
    private static final String PAIR = "(?, ?, ?)";
    private static final String INTO_DOTS =
            "insert or fail into shared_dot (author, sequence, model, record, snapshot, sum) values ";
    private static final String INTO_PAIRS = "insert or fail into assignment (id, tag, subject) values ";
    private static final String THERE = " on conflict (id) do nothing";

    private final List<Changes> messages = new ArrayList<>();

    /// What a message changes.
    private record Changes(List<Long> removed, List<Object[]> dots, List<Object[]> pairs) {}

    /// @param seconds from the first transaction to the end of the last one
    /// @param micros  processor time of the thread for all of them
    record Taken(double seconds, double micros) {}

    /// @param messages of one author
    BareRows(List<List<EncodedGroup>> messages) {
        messages.forEach(message -> this.messages.add(laidReady(message)));
    }

    private static Changes laidReady(List<EncodedGroup> message) {
        var removed = new ArrayList<Long>();
        var dots = new TreeMap<Long, Object[]>();
        var pairs = new TreeMap<byte[], Object[]>(Arrays::compareUnsigned);
        message.forEach(group -> lay(group, removed, dots, pairs));
        return new Changes(removed, List.copyOf(dots.values()), List.copyOf(pairs.values()));
    }

    private static void lay(EncodedGroup encoded, List<Long> removed, TreeMap<Long, Object[]> dots,
            TreeMap<byte[], Object[]> pairs) {
        List<Event> events = encoded.group().events();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            for (Dot dot : event.removes()) {
                if (dots.remove(dot.sequence()) == null) {
                    removed.add(dot.sequence());
                }
            }
            byte[] record = bytes(event.record());
            dots.put(event.dot().sequence(), new Object[] {1L, event.dot().sequence(), event.model(), record,
                    encoded.snapshots().get(i).orElseThrow(), SUM});
            Snapshot snapshot = event.snapshot().orElseThrow();
            if (snapshot.value(Models.TAG_REF) instanceof Value.Ref(UUID tag)
                    && snapshot.value(Models.SUBJECT) instanceof Value.Ref(UUID subject)) {
                pairs.put(record, new Object[] {record, bytes(tag), bytes(subject)});
            }
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits())
                .array();
    }

    /// @param catalogue of a library that holds nothing yet
    /// @param pairs     so many are to be there in the end
    Taken write(Path catalogue, int pairs) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setCacheSize(-16_384);
        config.setGetGeneratedKeys(false);
        try (Connection sqlite = config.createConnection("jdbc:sqlite:" + catalogue.toUri() + "?vfs=unix-excl");
                Statement set = sqlite.createStatement()) {
            set.execute("pragma wal_autocheckpoint = 4000");
            set.execute("insert or ignore into author (key, id) values (1, randomblob(16))");
            sqlite.setAutoCommit(false);
            long began = System.nanoTime();
            long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try (PreparedStatement delete = sqlite.prepareStatement(
                    "delete from shared_dot where author = 1 and sequence = ?");
                    Rows dots = new Rows(sqlite, INTO_DOTS, DOT, "");
                    Rows assigned = new Rows(sqlite, INTO_PAIRS, PAIR, THERE)) {
                for (Changes changes : messages) {
                    for (long sequence : changes.removed) {
                        delete.setLong(1, sequence);
                        delete.executeUpdate();
                    }
                    dots.write(changes.dots);
                    assigned.write(changes.pairs);
                    sqlite.commit();
                }
            }
            var taken = new Taken((System.nanoTime() - began) / 1e9,
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1e3);
            try (ResultSet count = set.executeQuery("select count(*) from assignment")) {
                if (count.getInt(1) != pairs) {
                    throw new IllegalStateException(count.getInt(1) + " rows, " + pairs + " were wanted");
                }
            }
            return taken;
        }
    }

    /// Writes rows of one table, many to a statement.
    private static final class Rows implements AutoCloseable {
        private final PreparedStatement one;
        private final PreparedStatement many;

        private Rows(Connection sqlite, String into, String row, String end) throws SQLException {
            this.one = sqlite.prepareStatement(into + row + end);
            this.many = sqlite.prepareStatement(into + (row + ", ").repeat(ROWS - 1) + row + end);
        }

        private void write(List<Object[]> rows) throws SQLException {
            Iterator<Object[]> waiting = rows.iterator();
            for (int left = rows.size(); left > 0;) {
                int count = left >= ROWS ? ROWS : 1;
                PreparedStatement insert = count == 1 ? one : many;
                int place = 1;
                for (int i = 0; i < count; i++) {
                    for (Object value : waiting.next()) {
                        insert.setObject(place++, value);
                    }
                }
                insert.executeUpdate();
                left -= count;
            }
        }

        @Override
        public void close() throws SQLException {
            one.close();
            many.close();
        }
    }
}
