package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.model.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Reads rows of a stream from the tables into the form in which they travel. Of others' streams those that cannot
/// be read are taken out (ADR 246). Used within one job, on the writer.
final class RowReader {

    /// @param last the greatest sequence among the entries
    /// @param full whether there may be more
    record Batch(List<OwnedRows> pages, long last, boolean full) {}

    /// A page ends when its rows come near to what a frame carries.
    static final long BYTES_MAX = 600_000;
    private static final String ENTRIES = """
            select e.id, e.sequence, l.id, p.id, e.name, e.raw_name, e.kind, e.size, e.modified,
            e.sample, e.content, e.extra
            from entry e join location l on l.key = e.location left join entry p on p.key = e.parent
            where e.claim = ?
            """;
    private static final String BEYOND = ENTRIES + "and e.sequence > ? order by e.sequence limit "
            + OwnedRows.ROWS_MAX; // as a parameter it would have SQLite prepare anew each time
    private static final String BETWEEN = ENTRIES + "and e.sequence >= ? and e.sequence < ? order by e.sequence";
    private static final String LEAF = ENTRIES
            + "and e.sequence >= ? and e.sequence < ? and e.location = ? order by e.sequence";
    private static final String SMALL = List.of("device", "volume", "location", "other_row").stream()
            .map(table -> "select 1 from " + table + " where claim = ? and sequence >= ? and sequence < ?")
            .collect(Collectors.joining(" union all ")) + " limit 1";
    private static final int SMALL_PARAMETERS = 12;

    private final Transaction tx;
    private final UUID subject;
    private final long streamClaim;
    private final Map<Long, Optional<Dot>> bases = new HashMap<>();
    private @Nullable List<Small> small;
    private byte @Nullable [] lastLocation;
    private Value lastLocationValue = Value.NOTHING;
    private boolean isUnreadable;
    private boolean hasDropped;

    /// @param streamClaim key of the claim that rows without a base stand on
    RowReader(Transaction tx, UUID subject, long streamClaim) {
        this.tx = tx;
        this.subject = subject;
        this.streamClaim = streamClaim;
    }

    /// The same reader for another stream of the subject.
    RowReader of(long claim) {
        if (claim == streamClaim) {
            return this;
        }
        RowReader reader = new RowReader(tx, subject, claim);
        reader.small = small;
        return reader;
    }

    /// Whether rows were found that cannot be read: they, and what lay below them, are not there any more.
    boolean hasDropped() {
        return hasDropped;
    }

    /// What is read, once nothing is left that cannot be.
    private <T> T readable(Supplier<T> reading) {
        T read = reading.get();
        if (isUnreadable) {
            isUnreadable = false;
            small = null;
            hasDropped = new UnreadableRows(tx).drop(subject);
            read = reading.get();
        }
        if (isUnreadable) {
            throw new IllegalStateException("a row of the stream " + subject
                    + " cannot be read; holdfast sync doctor --repair may mend it");
        }
        return read;
    }

    /// Rows that stand on the stream's own claim, beyond a sequence. The few that are no entries all come with the
    /// first page.
    ///
    /// @param without locations whose entries are left out
    Batch own(long after, Set<UUID> without) {
        return readable(() -> readOwn(after, without));
    }

    private Batch readOwn(long after, Set<UUID> without) {
        List<OwnedRows> pages = small(streamClaim, after + 1, Long.MAX_VALUE);
        if (!hasEntries(streamClaim, after + 1, Long.MAX_VALUE)) {
            return new Batch(pages, after, false);
        }
        try {
            PreparedStatement statement = tx.state().prepared().statement(BEYOND);
            statement.setLong(1, streamClaim);
            statement.setLong(2, after);
            Entries entries = new Entries(Optional.empty());
            boolean more = entries.read(statement, without);
            entries.addTo(pages);
            return new Batch(pages, Math.max(after, entries.last), more || entries.found == OwnedRows.ROWS_MAX);
        } catch (SQLException e) {
            throw new DataAccessException("reading a page of entries", e);
        }
    }

    /// All rows that stand on one claim, in a stretch of its sequences.
    List<OwnedRows> stamped(long claim, long from, long to) {
        return readable(() -> readStamped(claim, from, to));
    }

    private List<OwnedRows> readStamped(long claim, long from, long to) {
        List<OwnedRows> pages = small(claim, from, to);
        if (!hasEntries(claim, from, to)) {
            return pages;
        }
        try {
            PreparedStatement statement = tx.state().prepared().statement(BETWEEN);
            statement.setLong(1, claim);
            statement.setLong(2, from);
            statement.setLong(3, to);
            Entries entries = new Entries(base(claim));
            entries.all = true;
            entries.read(statement, Set.of());
            entries.addTo(pages);
            return pages;
        } catch (SQLException e) {
            throw new DataAccessException("reading a stretch of entries", e);
        }
    }

    /// Streams about devices have none, and the question for them costs ten times as much as this one.
    private boolean hasEntries(long claim, long from, long to) {
        return tx.state().prepared().finds("select 1 from entry where claim = ? and sequence >= ? and sequence < ?",
                claim, from, to);
    }

    /// The rows of one leaf.
    List<OwnedRows> leaf(long claim, long number, long location) {
        return readable(() -> readLeaf(claim, number, location));
    }

    private List<OwnedRows> readLeaf(long claim, long number, long location) {
        long from = number * Leaf.ROWS_MAX;
        long to = from + Leaf.ROWS_MAX;
        if (location == 0) {
            return small(claim, from, to);
        }
        try {
            PreparedStatement statement = tx.state().prepared().statement(LEAF);
            statement.setLong(1, claim);
            statement.setLong(2, from);
            statement.setLong(3, to);
            statement.setLong(4, location);
            Entries entries = new Entries(base(claim));
            entries.all = true;
            entries.read(statement, Set.of());
            List<OwnedRows> pages = new ArrayList<>();
            entries.addTo(pages);
            return pages;
        } catch (SQLException e) {
            throw new DataAccessException("reading a leaf", e);
        }
    }

    /// Entries as they are read, all of one claim.
    private final class Entries {
        private final Optional<Dot> base;
        private final List<OwnedRow> rows = new ArrayList<>();
        private final List<Map<String, Value>> extras = new ArrayList<>();
        private boolean all;
        private long last;
        private int found;

        private Entries(Optional<Dot> base) {
            this.base = base;
        }

        /// @return whether it stopped before the end
        private boolean read(PreparedStatement statement, Set<UUID> without) throws SQLException {
            long bytes = 0;
            try (ResultSet entry = statement.executeQuery()) {
                while (entry.next()) {
                    if (!all && bytes >= BYTES_MAX) {
                        return true;
                    }
                    found++;
                    last = entry.getLong(2);
                    bytes += add(entry, without);
                }
            }
            return false;
        }

        /// @return how long the entry may be on the wire, as far as that matters
        private long add(ResultSet entry, Set<UUID> without) throws SQLException {
            try {
                Map<String, Value> extra = RowFields.extra(entry.getBytes(12));
                OwnedRow row = new OwnedRow(Ids.uuid(entry.getBytes(1)), base, last, entryValues(entry));
                if (without.isEmpty() || !(row.values().getFirst() instanceof Value.Ref(UUID place)
                        && without.contains(place))) {
                    rows.add(row);
                    extras.add(extra);
                    return all ? 0 : bytesMax(row, extra);
                }
            } catch (RuntimeException e) { // whatever it is that its bytes are not
                isUnreadable = true;
            }
            return 0;
        }

        private void addTo(List<OwnedRows> pages) {
            for (int from = 0; from < rows.size(); from += OwnedRows.ROWS_MAX) {
                int to = Math.min(rows.size(), from + OwnedRows.ROWS_MAX);
                pages.add(page(Models.ENTRY, RowFields.ENTRY, rows.subList(from, to), extras.subList(from, to)));
            }
        }
    }

    private static int bytesMax(OwnedRow row, Map<String, Value> extra) {
        return row.bytesMax() + (extra.isEmpty() ? 0
                : new OwnedRow(row.id(), row.base(), row.sequence(), List.copyOf(extra.values())).bytesMax());
    }

    private List<Value> entryValues(ResultSet found) throws SQLException {
        byte @Nullable [] parent = found.getBytes(4);
        return List.of(location(found.getBytes(3)), parent == null ? Value.NOTHING : new Value.Ref(Ids.uuid(parent)),
                text(found, 5), bytes(found.getBytes(6)),
                new Value.Whole(found.getLong(7)), new Value.Whole(found.getLong(8)),
                new Value.Whole(found.getLong(9)), bytes(found.getBytes(10)), bytes(found.getBytes(11)));
    }

    private static Value bytes(byte @Nullable [] bytes) {
        return bytes == null ? Value.NOTHING : new Value.Bytes(bytes);
    }

    /// A text that is lacking, which no column allows, is no text, and so none that the owner signed.
    private static Value text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return new Value.Text(text == null ? "" : text);
    }

    /// Neighbours lie in one location: they share its value.
    private Value location(byte[] id) {
        if (!Arrays.equals(id, lastLocation)) {
            lastLocation = id;
            lastLocationValue = new Value.Ref(Ids.uuid(id));
        }
        return lastLocationValue;
    }

    private Optional<Dot> base(long key) {
        return key == streamClaim ? Optional.empty()
                : bases.computeIfAbsent(key, other -> Optional.of(tx.claims().of(other).id()));
    }

    /// A row of one of the models that are few.
    private record Small(String model, UUID id, long claim, long sequence, List<String> fields, List<Value> values,
            Map<String, Value> extra) {}

    /// The rows of the small models, in the order in which they depend on each other.
    private List<OwnedRows> small(long claim, long from, long to) {
        if (small == null) {
            if (!areThere(claim, from, to)) {
                return new ArrayList<>();
            }
            small = readSmall();
        }
        var byModel = new LinkedHashMap<String, List<Small>>();
        small.stream().filter(row -> row.claim == claim && row.sequence >= from && row.sequence < to)
                .forEach(row -> byModel.computeIfAbsent(row.model, _ -> new ArrayList<>()).add(row));
        var pages = new ArrayList<OwnedRows>();
        byModel.forEach((model, all) -> {
            for (int first = 0; first < all.size(); first += OwnedRows.ROWS_MAX) {
                List<Small> rows = all.subList(first, Math.min(all.size(), first + OwnedRows.ROWS_MAX));
                pages.add(page(model, rows.getFirst().fields,
                        rows.stream().map(row -> new OwnedRow(row.id, base(row.claim), row.sequence, row.values))
                                .toList(),
                        rows.stream().map(Small::extra).toList()));
            }
        });
        return pages;
    }

    /// Most stretches hold only entries.
    private boolean areThere(long claim, long from, long to) {
        try {
            PreparedStatement select = tx.state().prepared().statement(SMALL);
            for (int i = 0; i < SMALL_PARAMETERS; i += 3) {
                select.setLong(i + 1, claim);
                select.setLong(i + 2, from);
                select.setLong(i + 3, to);
            }
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            throw new DataAccessException("looking for rows that are no entries", e);
        }
    }

    private List<Small> readSmall() {
        byte[] id = Ids.bytes(subject);
        Prepared prepared = tx.state().prepared();
        var rows = new ArrayList<Small>();
        Consumer<Optional<Small>> add = row -> row.ifPresentOrElse(rows::add, () -> isUnreadable = true);
        prepared.all("select id, claim, sequence, device, name, platform, extra from device where id = ?",
                row -> small(Models.DEVICE, row, RowFields.DEVICE, () -> List.of(bytes(row.getBytes(4)),
                        text(row, 5), text(row, 6)), 7), id).forEach(add);
        prepared.all("select id, claim, sequence, label, file_system, fs_uuid, total_bytes, serial,"
                + " tracking, away, writes, nonce, extra from volume where id = ?", row -> small(Models.VOLUME, row,
                RowFields.VOLUME, () -> List.of(text(row, 4), text(row, 5), text(row, 6),
                        new Value.Whole(row.getLong(7)), text(row, 8), new Value.Whole(row.getLong(9)),
                        new Value.Whole(row.getLong(10)), new Value.Whole(row.getLong(11)),
                        new Value.Whole(row.getLong(12))), 13), id).forEach(add);
        prepared.all("select l.id, l.claim, l.sequence, l.name, l.path, l.extra from location l"
                + " join volume v on v.key = l.volume where v.id = ? order by l.sequence",
                row -> small(Models.LOCATION, row, RowFields.LOCATION,
                        () -> List.of(text(row, 4), bytes(row.getBytes(5))), 6), id).forEach(add);
        prepared.all("select id, claim, sequence, model, fields from other_row where subject = ?"
                + " order by model, sequence", row -> small(row.getString(4), row, List.of(), List::of, 5), id)
                .forEach(add);
        return rows;
    }

    @FunctionalInterface
    private interface Values {
        List<Value> read() throws SQLException;
    }

    /// @return empty when it cannot be read
    private static Optional<Small> small(String model, ResultSet row, List<String> fields, Values values, int extra)
            throws SQLException {
        try {
            return Optional.of(new Small(model, Ids.uuid(row.getBytes(1)), row.getLong(2), row.getLong(3), fields,
                    values.read(), RowFields.extra(row.getBytes(extra))));
        } catch (RuntimeException e) { // whatever it is that its bytes are not
            return Optional.empty();
        }
    }

    /// Puts the unknown fields of newer versions back beside the known ones.
    private static OwnedRows page(String model, List<String> known, List<OwnedRow> rows,
            List<Map<String, Value>> extras) {
        if (extras.stream().allMatch(Map::isEmpty)) {
            return new OwnedRows(model, known, rows);
        }
        List<String> fields = RowFields.union(known, extras);
        var widened = new ArrayList<OwnedRow>();
        for (int i = 0; i < rows.size(); i++) {
            OwnedRow row = rows.get(i);
            List<Value> values = new ArrayList<>(row.values());
            for (String field : fields.subList(known.size(), fields.size())) {
                values.add(extras.get(i).getOrDefault(field, Value.NOTHING));
            }
            widened.add(new OwnedRow(row.id(), row.base(), row.sequence(), values));
        }
        return new OwnedRows(model, fields, widened);
    }
}
