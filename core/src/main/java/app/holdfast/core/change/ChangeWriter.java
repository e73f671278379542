package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes one snapshot. Authors, names and stamps recur in nearly every field, so each is written once, in
/// ascending order, ahead of the rest, which names them by position.
///
/// Confined to one call of [ChangeCodec].
final class ChangeWriter {

    /// First item of the array; a layout that this one cannot be told from gets the next number.
    static final int FORM = 1;
    /// Items of the flat arrays for each stamp, each field, each removed dot.
    static final int STAMP_ITEMS = 4;
    static final int FIELD_ITEMS = 3;
    static final int DOT_ITEMS = 2;

    private final SortedMap<Author, Integer> authors = new TreeMap<>();
    private final SortedMap<String, Integer> names = new TreeMap<>();
    private final SortedMap<Stamp, Integer> stamps = new TreeMap<>();
    private final CborWriter out = new CborWriter();

    private ChangeWriter() {
    }

    static byte[] write(Snapshot snapshot) {
        var writer = new ChangeWriter();
        writer.note(snapshot);
        writer.out.array(5 + writer.seenItems(snapshot)).whole(FORM);
        writer.writeTables();
        writer.writeContents(snapshot);
        return writer.out.toBytes();
    }

    private void note(Snapshot snapshot) {
        snapshot.fields().forEach((name, register) -> {
            names.put(name, 0);
            note(register.stamp());
            register.losers().forEach(loser -> note(loser.stamp()));
        });
        snapshot.seen().sequences().keySet().forEach(author -> authors.put(author, 0));
    }

    private void note(Stamp stamp) {
        stamps.put(stamp, 0);
        authors.put(stamp.hlc().author(), 0);
    }

    private void writeTables() {
        out.array(authors.size());
        number(authors);
        authors.keySet().forEach(author -> out.id(author.value()));
        out.array(names.size());
        number(names);
        names.keySet().forEach(out::text);
        out.array(STAMP_ITEMS * stamps.size());
        number(stamps);
        long millis = 0;
        for (Stamp stamp : stamps.keySet()) {
            out.unsigned(stamp.hlc().millis() - millis).unsigned(stamp.hlc().counter());
            out.unsigned(position(authors, stamp.hlc().author())).unsigned(sequence(stamp.sequence()));
            millis = stamp.hlc().millis();
        }
    }

    private static <T> void number(Map<T, Integer> table) {
        int position = 0;
        for (Map.Entry<T, Integer> entry : table.entrySet()) {
            entry.setValue(position++);
        }
    }

    private static <T> int position(Map<T, Integer> table, T entry) {
        return Objects.requireNonNull(table.get(entry));
    }

    private int seenItems(Snapshot snapshot) {
        return snapshot.seen().sequences().isEmpty() ? 0 : 1;
    }

    /// The fields and, when there is something, what was seen.
    private void writeContents(Snapshot snapshot) {
        out.array(FIELD_ITEMS * snapshot.fields().size());
        snapshot.fields().forEach((name, register) -> {
            out.unsigned(position(names, name));
            ValueCodec.write(register.value(), out);
            writeStamps(register);
        });
        if (seenItems(snapshot) > 0) {
            out.array(DOT_ITEMS * snapshot.seen().sequences().size());
            snapshot.seen().sequences().forEach((author, sequence) ->
                    out.unsigned(position(authors, author)).unsigned(sequence(sequence)));
        }
    }

    /// The stamp's position, or with losers an array: it, then stamp and value of each.
    private void writeStamps(Register register) {
        int losers = register.losers().size();
        if (losers > Register.LOSERS_MAX) {
            throw new IllegalArgumentException(losers + " losers, at most " + Register.LOSERS_MAX + " are kept");
        }
        if (losers > 0) {
            out.array(1 + 2 * losers);
        }
        out.unsigned(position(stamps, register.stamp()));
        for (Register.Loser loser : register.losers()) {
            out.unsigned(position(stamps, loser.stamp()));
            ValueCodec.write(loser.value(), out);
        }
    }

    private static long sequence(long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
        return sequence;
    }
}
