package app.holdfast.core.sync.wire;

import app.holdfast.core.change.ValueCodec;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Columns of one kind of thing: ids, numbers, values. Neighbours in a column look alike, so what is written is how
/// one differs from the one before, and zstd finds the rest: `docs/protocol/frames.md`, section 3.
final class Columns {

    /// First byte of a column of numbers: all are the one that follows.
    private static final int CONSTANT = 0;
    /// Each number as its difference to the one before.
    private static final int DELTA = 1;
    /// Each number by itself.
    private static final int PLAIN = 2;

    /// First byte of a column of values.
    private static final int NOTHINGS = 0;
    private static final int WHOLES = 1;
    private static final int TEXTS = 2;
    private static final int REFS = 3;
    private static final int FLAGS = 4;
    /// Any kinds, one CBOR item each.
    private static final int MIXED = 5;
    /// Set in the first byte when some rows hold nothing; which ones do is told by a bit for each row, ahead of the
    /// values of the others.
    private static final int WITH_GAPS = 0x80;

    private static final UUID ZERO = new UUID(0, 0);

    private Columns() {
    }

    static byte[] ids(UUID[] ids) {
        var out = new ColumnWriter();
        writeIds(ids, out);
        return out.toBytes();
    }

    static UUID[] ids(ColumnReader in, int count) throws CborException {
        UUID[] ids = readIds(in, count);
        in.end();
        return ids;
    }

    static byte[] numbers(long[] numbers) {
        var out = new ColumnWriter();
        writeNumbers(numbers, out);
        return out.toBytes();
    }

    static long[] numbers(ColumnReader in, int count) throws CborException {
        long[] numbers = readNumbers(in, count);
        in.end();
        return numbers;
    }

    static byte[] values(Value[] values) {
        var out = new ColumnWriter();
        Value[] present = Arrays.stream(values).filter(value -> !(value instanceof Value.Nothing))
                .toArray(Value[]::new);
        int kind = kind(present);
        boolean gaps = present.length < values.length && kind != NOTHINGS;
        out.put(gaps ? kind | WITH_GAPS : kind);
        if (gaps) {
            writePresence(values, out);
        }
        switch (kind) {
            case NOTHINGS -> { }
            case WHOLES -> writeNumbers(
                    Arrays.stream(present).mapToLong(value -> ((Value.Whole) value).value()).toArray(), out);
            case TEXTS -> writeTexts(present, out);
            case REFS -> writeIds(
                    Arrays.stream(present).map(value -> ((Value.Ref) value).value()).toArray(UUID[]::new), out);
            case FLAGS -> {
                for (Value value : present) {
                    out.put(((Value.Flag) value).value() ? 1 : 0);
                }
            }
            default -> {
                var cbor = new CborWriter();
                List.of(present).forEach(value -> ValueCodec.write(value, cbor));
                out.raw(cbor.toBytes());
            }
        }
        return out.toBytes();
    }

    static Value[] values(ColumnReader in, int count) throws CborException {
        int first = in.next();
        boolean gaps = (first & WITH_GAPS) != 0;
        int presence = gaps ? in.span((count + 7) / 8) : 0;
        boolean[] present = new boolean[count];
        int presentCount = 0;
        for (int i = 0; i < count; i++) {
            present[i] = !gaps || in.bit(presence, i);
            presentCount += present[i] ? 1 : 0;
        }
        Value[] dense = readDense(first & ~WITH_GAPS, in, presentCount);
        in.end();
        if (!gaps) {
            return dense;
        }
        var values = new Value[count];
        for (int i = 0, next = 0; i < count; i++) {
            values[i] = present[i] ? dense[next++] : Value.NOTHING;
        }
        return values;
    }

    private static Value[] readDense(int kind, ColumnReader in, int count) throws CborException {
        var values = new Value[count];
        switch (kind) {
            case NOTHINGS -> Arrays.fill(values, Value.NOTHING);
            case WHOLES -> {
                long[] numbers = readNumbers(in, count);
                for (int i = 0; i < count; i++) {
                    // runs of one number are common: they share their value
                    values[i] = i > 0 && numbers[i] == numbers[i - 1] ? values[i - 1] : new Value.Whole(numbers[i]);
                }
            }
            case TEXTS -> readTexts(in, values);
            case REFS -> {
                UUID[] ids = readIds(in, count);
                for (int i = 0; i < count; i++) {
                    values[i] = i > 0 && ids[i].equals(ids[i - 1]) ? values[i - 1] : new Value.Ref(ids[i]);
                }
            }
            case FLAGS -> {
                for (int i = 0; i < count; i++) {
                    values[i] = new Value.Flag(in.flag());
                }
            }
            case MIXED -> {
                return in.values(count);
            }
            default -> throw in.fail("a kind of column that this version does not know: " + kind);
        }
        return values;
    }

    private static int kind(Value[] present) {
        if (present.length == 0) {
            return NOTHINGS;
        }
        Class<? extends Value> all = present[0].getClass();
        for (Value value : present) {
            if (value.getClass() != all) {
                return MIXED;
            }
        }
        return switch (present[0]) {
            case Value.Whole _ -> WHOLES;
            case Value.Text _ -> TEXTS;
            case Value.Ref _ -> REFS;
            case Value.Flag _ -> FLAGS;
            case Value.Nothing _, Value.Real _, Value.Tuple _, Value.Bytes _ -> MIXED;
        };
    }

    private static void writePresence(Value[] values, ColumnWriter out) {
        byte[] bits = new byte[(values.length + 7) / 8];
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] instanceof Value.Nothing)) {
                bits[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        out.raw(bits);
    }

    private static void writeTexts(Value[] texts, ColumnWriter out) {
        byte[][] utf8 = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            utf8[i] = CborWriter.utf8(((Value.Text) texts[i]).value());
            out.unsigned(utf8[i].length);
        }
        for (byte[] bytes : utf8) {
            out.raw(bytes);
        }
    }

    private static void readTexts(ColumnReader in, Value[] values) throws CborException {
        int[] sizes = new int[values.length];
        for (int i = 0; i < sizes.length; i++) {
            long size = in.unsigned();
            sizes[i] = size < 0 || size > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) size;
        }
        for (int i = 0; i < sizes.length; i++) {
            values[i] = new Value.Text(in.text(sizes[i]));
        }
    }

    private static void writeIds(UUID[] ids, ColumnWriter out) {
        UUID before = ZERO;
        for (UUID id : ids) {
            out.difference(before, id);
            before = id;
        }
    }

    private static UUID[] readIds(ColumnReader in, int count) throws CborException {
        var ids = new UUID[count];
        UUID before = ZERO;
        for (int i = 0; i < count; i++) {
            before = in.successor(before);
            ids[i] = before;
        }
        return ids;
    }

    private static void writeNumbers(long[] numbers, ColumnWriter out) {
        long plainBytes = 0;
        long deltaBytes = 0;
        long before = 0;
        boolean constant = numbers.length > 0;
        for (long number : numbers) {
            plainBytes += ColumnWriter.size(ColumnWriter.zigzag(number));
            deltaBytes += ColumnWriter.size(ColumnWriter.zigzag(number - before));
            constant &= number == numbers[0];
            before = number;
        }
        int kind = constant ? CONSTANT : deltaBytes < plainBytes ? DELTA : PLAIN;
        out.put(kind);
        before = 0;
        for (int i = 0; i < (constant ? 1 : numbers.length); i++) {
            out.signed(kind == DELTA ? numbers[i] - before : numbers[i]);
            before = numbers[i];
        }
    }

    private static long[] readNumbers(ColumnReader in, int count) throws CborException {
        var numbers = new long[count];
        int kind = in.next();
        switch (kind) {
            case CONSTANT -> Arrays.fill(numbers, in.signed());
            case DELTA -> {
                long before = 0;
                for (int i = 0; i < count; i++) {
                    before += in.signed();
                    numbers[i] = before;
                }
            }
            case PLAIN -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = in.signed();
                }
            }
            default -> throw in.fail("a kind of numbers that this version does not know: " + kind);
        }
        return numbers;
    }
}
