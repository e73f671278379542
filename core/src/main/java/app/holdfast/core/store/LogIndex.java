package app.holdfast.core.store;

import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// Which groups the log holds, without their bytes. Small, as the log is: some thousands of rows. Confined to the
/// writer.
final class LogIndex {

    /// What a row takes in the file besides its bytes: the author, numbers, its place in the index.
    static final long ROW_BYTES = 80;

    /// @param arrival counts the groups in the order in which they came
    /// @param bytes   size of the group
    record Row(long arrival, Author author, long first, long last, long bytes) {

        long events() {
            return last - first + 1;
        }
    }

    private final NavigableMap<Long, Row> byArrival = new TreeMap<>();
    private final Map<Author, NavigableMap<Long, Row>> byAuthor = new HashMap<>();
    private long bytes;
    private long events;

    void add(Row row) {
        byArrival.put(row.arrival, row);
        byAuthor.computeIfAbsent(row.author, _ -> new TreeMap<>()).put(row.first, row);
        bytes += row.bytes + ROW_BYTES;
        events += row.events();
    }

    private void remove(Row row) {
        byArrival.remove(row.arrival);
        NavigableMap<Long, Row> its = byAuthor.get(row.author);
        if (its != null) {
            its.remove(row.first);
        }
        bytes -= row.bytes + ROW_BYTES;
        events -= row.events();
    }

    void clear() {
        byArrival.clear();
        byAuthor.clear();
        bytes = 0;
        events = 0;
    }

    long bytes() {
        return bytes;
    }

    long events() {
        return events;
    }

    /// Whether a group of the author that begins so is here.
    boolean holds(Author author, long first) {
        NavigableMap<Long, Row> its = byAuthor.get(author);
        return its != null && its.containsKey(first);
    }

    /// @return in the order of arrival, which is one in which they can be admitted; empty when any event is missing
    /// (R4)
    Optional<List<Row>> missing(VersionVector sent, VersionVector mine) {
        var rows = new ArrayList<Row>();
        for (Map.Entry<Author, Long> known : mine.sequences().entrySet()) {
            long from = sent.of(known.getKey());
            long wanted = known.getValue() - from;
            if (wanted <= 0) {
                continue;
            }
            NavigableMap<Long, Row> its = byAuthor.get(known.getKey());
            if (its == null) {
                return Optional.empty();
            }
            for (Row row : its.tailMap(from, false).values()) {
                wanted -= row.events();
                rows.add(row);
            }
            if (wanted != 0) {
                return Optional.empty();
            }
        }
        rows.sort(Comparator.comparingLong(Row::arrival));
        return Optional.of(rows);
    }

    /// Takes the oldest out until no more than so many bytes are left.
    List<Row> dropOldest(long bytesMax) {
        var dropped = new ArrayList<Row>();
        while (bytes > bytesMax && !byArrival.isEmpty()) {
            Row oldest = byArrival.firstEntry().getValue();
            remove(oldest);
            dropped.add(oldest);
        }
        return dropped;
    }

    /// Takes out what everybody has.
    ///
    /// @param everywhere up to which sequence of an author
    List<Row> dropCovered(ToLongFunction<Author> everywhere) {
        var dropped = new ArrayList<Row>();
        byAuthor.forEach((author, its) -> {
            long covered = its.isEmpty() ? 0 : everywhere.applyAsLong(author);
            for (Row row : its.values()) {
                if (row.last > covered) {
                    break;
                }
                dropped.add(row);
            }
        });
        dropped.forEach(this::remove);
        return dropped;
    }
}
