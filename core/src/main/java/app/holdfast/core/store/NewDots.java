package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.exception.DataAccessException;

/// Dots of one group, or of one command about many records, that are not in the table yet: they go in together, in the
/// order of their keys, many rows to a statement. What is removed again before that never goes in. Confined to the
/// writer (ADR 96, 238).
final class NewDots {

    /// Rows to a statement; the rest of a group goes one by one.
    static final int ROWS = 32;

    private static final String INSERT =
            "insert or fail into shared_dot (author, sequence, model, record, snapshot, sum) values ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?)";
    private static final String ONE = INSERT + ROW;
    private static final String MANY = INSERT + (ROW + ", ").repeat(ROWS - 1) + ROW;

    private final Prepared prepared;
    private final Authors authors;
    private final TreeMap<Dot, LiveDots.Live> byDot = new TreeMap<>();
    private final Map<UUID, List<LiveDots.Live>> byRecord = new HashMap<>();
    private boolean isGathering;

    NewDots(Prepared prepared, Authors authors) {
        this.prepared = prepared;
        this.authors = authors;
    }

    boolean isGathering() {
        return isGathering;
    }

    /// From now on dots wait, until [#write].
    void gather() {
        isGathering = true;
    }

    void add(LiveDots.Live live) {
        byDot.put(live.dot(), live);
        byRecord.computeIfAbsent(live.record(), _ -> new ArrayList<>(1)).add(live);
    }

    /// @return whether it was here, and so was never in the table
    boolean remove(Dot dot) {
        LiveDots.Live removed = byDot.remove(dot);
        if (removed != null) {
            byRecord.getOrDefault(removed.record(), new ArrayList<>()).remove(removed);
        }
        return removed != null;
    }

    /// Calls with those of a record that wait.
    void of(String model, UUID record, Consumer<LiveDots.Live> visitor) {
        for (LiveDots.Live live : byRecord.getOrDefault(record, List.of())) {
            if (live.model().equals(model)) {
                visitor.accept(live);
            }
        }
    }

    /// Has them written, and the next ones as well, until there are more to be gathered.
    void write() {
        isGathering = false;
        writeWaiting();
    }

    /// To be called before the table is read otherwise than by [LiveDots#namesOf] and [LiveDots#of].
    void writeWaiting() {
        if (byDot.isEmpty()) {
            return;
        }
        try {
            Iterator<LiveDots.Live> waiting = byDot.values().iterator();
            for (int left = byDot.size(); left > 0;) {
                int rows = left >= ROWS ? ROWS : 1;
                PreparedStatement insert = prepared.statement(rows == ROWS ? MANY : ONE);
                for (int place = 1; place <= 6 * rows; place += 6) {
                    bind(insert, place, waiting.next());
                }
                insert.executeUpdate();
                left -= rows;
            }
        } catch (SQLException e) {
            throw new DataAccessException("writing new dots", e);
        }
        clear();
    }

    private void bind(PreparedStatement insert, int place, LiveDots.Live live) throws SQLException {
        insert.setLong(place, authors.key(live.dot().author()));
        insert.setLong(place + 1, live.dot().sequence());
        insert.setString(place + 2, live.model());
        insert.setBytes(place + 3, Ids.bytes(live.record()));
        insert.setBytes(place + 4, live.bytes());
        insert.setLong(place + 5, DotSum.of(live.dot(), live.model(), live.record(), live.bytes()));
    }

    private void clear() {
        byDot.clear();
        byRecord.clear();
    }

    /// The job was undone.
    void forget() {
        isGathering = false;
        clear();
    }
}
