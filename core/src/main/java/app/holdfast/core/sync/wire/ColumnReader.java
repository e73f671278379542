package app.holdfast.core.sync.wire;

import app.holdfast.core.change.ValueCodec;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.model.Value;
import java.util.UUID;

/// Reads the bytes of one column, in place.
final class ColumnReader {

    private final byte[] input;
    private final int end;
    private int position;

    /// @param in its next item is the column, a byte string
    ColumnReader(byte[] input, CborReader in) throws CborException {
        this.input = input;
        int size = in.bytesInPlace();
        this.end = in.offset();
        this.position = end - size;
    }

    int offset() {
        return position;
    }

    int next() throws CborException {
        if (position >= end) {
            throw fail("a column cut short");
        }
        return input[position++] & 0xff;
    }

    boolean flag() throws CborException {
        int value = next();
        if (value > 1) {
            position--;
            throw fail("a flag that is neither 0 nor 1: " + value);
        }
        return value == 1;
    }

    long unsigned() throws CborException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int group = next();
            value |= (long) (group & 0x7f) << shift;
            if (group < 0x80) {
                if (shift == 63 && group > 1) {
                    throw fail("a number of more than 64 bits");
                }
                return value;
            }
        }
        throw fail("a number of more than 64 bits");
    }

    long signed() throws CborException {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /// What [ColumnWriter#difference] wrote, added to `from`; wraps around at 128 bits.
    UUID successor(UUID from) throws CborException {
        long low = 0;
        long high = 0;
        int shift = 0;
        int group;
        do {
            group = next();
            long bits = group & 0x7f;
            if (shift < 64) {
                low |= bits << shift;
                high |= shift > 57 ? bits >>> 64 - shift : 0;
            } else if (shift < 126 || bits < 4 && shift == 126) {
                high |= bits << shift - 64;
            } else {
                throw fail("a difference of more than 128 bits");
            }
            shift += 7;
        } while (group >= 0x80);
        long sign = -(low & 1);
        long differenceLow = (low >>> 1 | high << 63) ^ sign;
        long differenceHigh = high >>> 1 ^ sign;
        long sum = from.getLeastSignificantBits() + differenceLow;
        boolean carry = Long.compareUnsigned(sum, differenceLow) < 0;
        return new UUID(from.getMostSignificantBits() + differenceHigh + (carry ? 1 : 0), sum);
    }

    String text(int size) throws CborException {
        return CborReader.text(input, span(size), size);
    }

    /// The rest of the column as values, one CBOR item each.
    Value[] values(int count) throws CborException {
        var in = new CborReader(input, position, end);
        var values = new Value[count];
        for (int i = 0; i < count; i++) {
            values[i] = ValueCodec.read(in);
        }
        position = in.offset();
        return values;
    }

    /// Passes over bytes.
    ///
    /// @return where they start
    int span(int size) throws CborException {
        if (size < 0 || size > end - position) {
            throw fail("a column cut short");
        }
        position += size;
        return position - size;
    }

    /// A bit of bytes that [#span] passed over, the lowest of each byte first.
    boolean bit(int start, int index) {
        return (input[start + (index >> 3)] >> (index & 7) & 1) != 0;
    }

    void end() throws CborException {
        if (position != end) {
            throw fail((end - position) + " bytes after the end of a column");
        }
    }

    CborException fail(String reason) {
        return new CborException(position, reason);
    }
}
