package app.holdfast.core.sync.wire;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Removal;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import app.holdfast.core.sync.SyncMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/// Tables of a message, each as a head and columns: rows, removals, dots. A column may say "all the same" in two
/// bytes, so what a table may hold is bounded by numbers of its own, not by the bytes at hand.
final class PageColumns {

    /// Values of all tables of rows in one message, ids and sequences counted in.
    static final int CELLS_MAX = 1 << 18;
    /// Cells of a row before its values: id, base, sequence.
    private static final int HEAD_CELLS = 3;

    private PageColumns() {
    }

    static void write(List<OwnedRows> tables, CborWriter out) {
        long cells = tables.stream().mapToLong(table -> cells(table.rows().size(), table.fields().size())).sum();
        if (cells > CELLS_MAX) {
            throw new IllegalArgumentException("a page of " + cells + " values, at most " + CELLS_MAX + " are taken");
        }
        out.array(tables.size());
        for (OwnedRows table : tables) {
            write(table, out);
        }
    }

    static List<OwnedRows> read(byte[] input, CborReader in) throws CborException {
        var tables = new ArrayList<OwnedRows>();
        long cells = 0;
        for (int left = in.array(); left > 0; left--) {
            int start = in.offset();
            in.array(7);
            String model = in.text();
            var fields = new ArrayList<String>();
            for (int more = in.array(); more > 0; more--) {
                fields.add(in.text());
            }
            int count = (int) in.unsigned(OwnedRows.ROWS_MAX);
            cells += cells(count, fields.size());
            if (cells > CELLS_MAX) {
                throw new CborException(start, "a page of more than " + CELLS_MAX + " values");
            }
            tables.add(new OwnedRows(model, fields, rows(input, in, count, fields.size())));
        }
        return tables;
    }

    static void writeRemovals(List<Removal> removals, CborWriter out) {
        SequencedMap<String, Integer> models = new LinkedHashMap<>();
        removals.forEach(removal -> models.putIfAbsent(removal.model(), models.size()));
        out.array(5).array(models.size());
        models.keySet().forEach(out::text);
        out.unsigned(dotsAtMost(removals.size()));
        out.bytes(Columns.numbers(removals.stream().mapToLong(removal -> position(models, removal.model())).toArray()));
        out.bytes(Columns.ids(removals.stream().map(Removal::id).toArray(UUID[]::new)));
        out.bytes(Columns.numbers(removals.stream().mapToLong(Removal::sequence).toArray()));
    }

    static List<Removal> readRemovals(byte[] input, CborReader in) throws CborException {
        in.array(5);
        var models = new ArrayList<String>();
        for (int left = in.array(); left > 0; left--) {
            models.add(in.text());
        }
        int count = (int) in.unsigned(SyncMessage.DOTS_MAX);
        int start = in.offset();
        long[] positions = Columns.numbers(new ColumnReader(input, in), count);
        UUID[] ids = Columns.ids(new ColumnReader(input, in), count);
        long[] sequences = Columns.numbers(new ColumnReader(input, in), count);
        var removals = new ArrayList<Removal>(count);
        for (int i = 0; i < count; i++) {
            removals.add(new Removal(pick(models, positions[i], start), ids[i], sequences[i]));
        }
        return removals;
    }

    static void writeDots(List<Dot> dots, CborWriter out) {
        SequencedMap<Author, Integer> authors = new LinkedHashMap<>();
        dots.forEach(dot -> authors.putIfAbsent(dot.author(), authors.size()));
        out.array(4).array(authors.size());
        authors.keySet().forEach(author -> out.id(author.value()));
        out.unsigned(dotsAtMost(dots.size()));
        out.bytes(Columns.numbers(dots.stream().mapToLong(dot -> position(authors, dot.author())).toArray()));
        out.bytes(Columns.numbers(dots.stream().mapToLong(Dot::sequence).toArray()));
    }

    static List<Dot> readDots(byte[] input, CborReader in) throws CborException {
        in.array(4);
        var authors = new ArrayList<Author>();
        for (int left = in.array(); left > 0; left--) {
            authors.add(new Author(in.id()));
        }
        int count = (int) in.unsigned(SyncMessage.DOTS_MAX);
        int start = in.offset();
        long[] positions = Columns.numbers(new ColumnReader(input, in), count);
        long[] sequences = Columns.numbers(new ColumnReader(input, in), count);
        var dots = new ArrayList<Dot>(count);
        for (int i = 0; i < count; i++) {
            dots.add(new Dot(pick(authors, positions[i], start), MessageReader.atLeast(1, sequences[i], start)));
        }
        return dots;
    }

    private static void write(OwnedRows table, CborWriter out) {
        List<OwnedRow> rows = table.rows();
        out.array(7).text(table.model()).array(table.fields().size());
        table.fields().forEach(out::text);
        out.unsigned(rows.size());
        out.bytes(Columns.ids(rows.stream().map(OwnedRow::id).toArray(UUID[]::new)));
        writeBases(rows, out);
        out.bytes(Columns.numbers(rows.stream().mapToLong(OwnedRow::sequence).toArray()));
        out.array(table.fields().size());
        for (int field = 0; field < table.fields().size(); field++) {
            var column = new Value[rows.size()];
            for (int row = 0; row < column.length; row++) {
                column[row] = rows.get(row).values().get(field);
            }
            out.bytes(Columns.values(column));
        }
    }

    /// The claims stood on, each once, and for every row the position of its own, counted from 1: 0 is the stream's.
    private static void writeBases(List<OwnedRow> rows, CborWriter out) {
        SequencedMap<Dot, Integer> bases = new LinkedHashMap<>();
        rows.forEach(row -> row.base().ifPresent(base -> bases.putIfAbsent(base, bases.size())));
        out.array(2);
        writeDots(List.copyOf(bases.keySet()), out);
        out.bytes(Columns.numbers(rows.stream()
                .mapToLong(row -> row.base().map(base -> 1 + position(bases, base)).orElse(0)).toArray()));
    }

    private static List<OwnedRow> rows(byte[] input, CborReader in, int count, int fields) throws CborException {
        UUID[] ids = Columns.ids(new ColumnReader(input, in), count);
        in.array(2);
        var bases = new ArrayList<Optional<Dot>>();
        bases.add(Optional.empty());
        readDots(input, in).forEach(dot -> bases.add(Optional.of(dot)));
        int start = in.offset();
        long[] positions = Columns.numbers(new ColumnReader(input, in), count);
        long[] sequences = Columns.numbers(new ColumnReader(input, in), count);
        in.array(fields);
        var columns = new Value[fields][];
        for (int field = 0; field < fields; field++) {
            columns[field] = Columns.values(new ColumnReader(input, in), count);
        }
        var rows = new ArrayList<OwnedRow>(count);
        for (int row = 0; row < count; row++) {
            var values = new Value[fields];
            for (int field = 0; field < fields; field++) {
                values[field] = columns[field][row];
            }
            rows.add(new OwnedRow(ids[row], pick(bases, positions[row], start), sequences[row], List.of(values)));
        }
        return rows;
    }

    private static long cells(int rows, int fields) {
        return (long) rows * (fields + HEAD_CELLS);
    }

    private static int dotsAtMost(int count) {
        if (count > SyncMessage.DOTS_MAX) {
            throw new IllegalArgumentException(count + " dots, at most " + SyncMessage.DOTS_MAX + " are taken");
        }
        return count;
    }

    private static <T> int position(Map<T, Integer> table, T entry) {
        return Objects.requireNonNull(table.get(entry));
    }

    static <T> T pick(List<T> table, long position, int offset) throws CborException {
        if (position < 0 || position >= table.size()) {
            throw new CborException(offset, "entry " + position + " of a table of " + table.size());
        }
        return table.get((int) position);
    }
}
