package app.holdfast.core.store;

import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Sends leaves that somebody asks for, whatever cut is held here: a leaf is known by what it hashes to. Used within
/// one turn.
public final class LeafSource {

    /// Part of an answer.
    ///
    /// @param complete so many of the leaves asked for end with this page; none: it holds a part of the next one
    /// @param gone     which of these, by position, are not here as they were asked for
    public record Page(List<OwnedRows> rows, int complete, List<Integer> gone) {}

    private final List<Page> pages = new ArrayList<>();
    private final Map<Shape, List<OwnedRow>> rows = new LinkedHashMap<>();
    private final List<Integer> gone = new ArrayList<>();
    private int complete;
    private int count;
    private long bytes;

    private record Shape(String model, List<String> fields) {}

    private LeafSource() {
    }

    public static List<Page> read(Transaction tx, Holding stream, List<Leaf> asked) {
        return readAll(tx, stream, asked).orElseGet(() -> readAll(tx, stream, asked).orElseThrow());
    }

    /// @return empty when rows had to be taken out, so that leaves are not what they were when it began
    private static Optional<List<Page>> readAll(Transaction tx, Holding stream, List<Leaf> asked) {
        UUID subject = stream.claim().subject();
        Leaves leaves = new Leaves(tx);
        leaves.refreshAll(subject);
        Map<UUID, Long> locations = leaves.locations(subject);
        RowReader reader = new RowReader(tx, subject, tx.claims().key(subject, stream.claim().id()));
        var source = new LeafSource();
        for (Leaf leaf : asked) {
            if (leaves.holds(subject, leaf, locations)) {
                long location = Leaves.location(locations, leaf.location());
                source.add(reader.leaf(tx.claims().key(subject, leaf.claim()), leaf.number(), location));
            } else {
                source.gone.add(source.complete++);
            }
        }
        source.flush();
        return reader.hasDropped() ? Optional.empty() : Optional.of(source.pages);
    }

    private void add(List<OwnedRows> leaf) {
        int rowsOfLeaf = leaf.stream().mapToInt(table -> table.rows().size()).sum();
        long bytesOfLeaf = leaf.stream().flatMap(table -> table.rows().stream()).mapToLong(OwnedRow::bytesMax).sum();
        if (count + rowsOfLeaf > OwnedRows.ROWS_MAX || bytes + bytesOfLeaf > RowReader.BYTES_MAX) {
            flush();
        }
        boolean large = bytesOfLeaf > RowReader.BYTES_MAX;
        for (OwnedRows table : leaf) {
            for (OwnedRow row : table.rows()) {
                if (large && count > 0 && bytes + row.bytesMax() > RowReader.BYTES_MAX) {
                    pages.add(page());
                }
                rows.computeIfAbsent(new Shape(table.model(), table.fields()), _ -> new ArrayList<>()).add(row);
                count++;
                bytes += row.bytesMax();
            }
        }
        complete++;
        if (large) {
            flush();
        }
    }

    private void flush() {
        if (complete > 0) {
            pages.add(page());
        }
    }

    private Page page() {
        List<OwnedRows> tables = new ArrayList<>();
        rows.forEach((shape, all) -> tables.add(new OwnedRows(shape.model, shape.fields, all)));
        Page page = new Page(tables, complete, List.copyOf(gone));
        rows.clear();
        gone.clear();
        complete = 0;
        count = 0;
        bytes = 0;
        return page;
    }
}
