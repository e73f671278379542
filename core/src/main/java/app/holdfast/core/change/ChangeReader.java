package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/// Reads what [ChangeWriter] writes. It checks ranges and counts; whether the input was in the one form is checked by
/// [ChangeCodec], which writes the result again.
///
/// Confined to one call of [ChangeCodec].
final class ChangeReader {

    private final CborReader in;
    private final List<Author> authors = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Stamp> stamps = new ArrayList<>();

    ChangeReader(byte[] bytes) {
        this.in = new CborReader(bytes);
    }

    Snapshot snapshot() throws CborException {
        boolean hasSeen = itemsAfter(5);
        readTables();
        Snapshot snapshot = contents(hasSeen);
        in.end();
        return snapshot;
    }

    private void readTables() throws CborException {
        int start = in.offset();
        if (in.unsigned(Long.MAX_VALUE) != ChangeWriter.FORM) {
            throw new CborException(start, "a layout that this version does not know");
        }
        for (int left = in.array(); left > 0; left--) {
            authors.add(new Author(in.id()));
        }
        for (int left = in.array(); left > 0; left--) {
            names.add(in.text());
        }
        long millis = 0;
        for (int left = arrayOf(ChangeWriter.STAMP_ITEMS); left > 0; left--) {
            millis += in.unsigned(Hlc.MILLIS_MAX - millis);
            int counter = (int) in.unsigned(Hlc.COUNTER_MAX);
            stamps.add(new Stamp(new Hlc(millis, counter, pick(authors)), sequence()));
        }
    }

    /// Reads the head of an array of so many items, or of one more.
    ///
    /// @return whether there is one more
    private boolean itemsAfter(int items) throws CborException {
        int start = in.offset();
        int count = in.array();
        if (count != items && count != items + 1) {
            throw new CborException(start, "not an array of " + items);
        }
        return count > items;
    }

    private Snapshot contents(boolean hasSeen) throws CborException {
        var fields = new TreeMap<String, Register>();
        for (int left = arrayOf(ChangeWriter.FIELD_ITEMS); left > 0; left--) {
            fields.put(pick(names), register());
        }
        var seen = new TreeMap<Author, Long>();
        for (int left = hasSeen ? arrayOf(ChangeWriter.DOT_ITEMS) : 0; left > 0; left--) {
            seen.put(pick(authors), sequence());
        }
        return new Snapshot(fields, new VersionVector(seen));
    }

    private Register register() throws CborException {
        Value value = ValueCodec.read(in);
        return switch (in.next()) {
            case WHOLE -> Register.of(value, pick(stamps));
            case BYTES, TEXT, ARRAY, UUID, FALSE, TRUE, NOTHING, REAL -> {
                int start = in.offset();
                int items = in.array();
                int losers = (items - 1) / 2;
                if (items < 3 || items % 2 == 0 || losers > Register.LOSERS_MAX) {
                    throw new CborException(start, "losers in an array of " + items);
                }
                yield new Register(value, pick(stamps), losers(losers));
            }
        };
    }

    private List<Register.Loser> losers(int count) throws CborException {
        var losers = new ArrayList<Register.Loser>();
        for (int i = 0; i < count; i++) {
            Stamp stamp = pick(stamps);
            losers.add(new Register.Loser(ValueCodec.read(in), stamp));
        }
        return losers;
    }

    private int arrayOf(int itemsEach) throws CborException {
        int start = in.offset();
        int items = in.array();
        if (items % itemsEach != 0) {
            throw new CborException(start, items + " items, not a multiple of " + itemsEach);
        }
        return items / itemsEach;
    }

    private <T> T pick(List<T> table) throws CborException {
        int start = in.offset();
        long position = in.unsigned(Long.MAX_VALUE);
        if (position >= table.size()) {
            throw new CborException(start, "entry " + position + " of a table of " + table.size());
        }
        return table.get((int) position);
    }

    private long sequence() throws CborException {
        int start = in.offset();
        long sequence = in.unsigned(Long.MAX_VALUE);
        if (sequence < 1) {
            throw new CborException(start, "sequence 0");
        }
        return sequence;
    }
}
