package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import java.util.UUID;

/// Reads what a [Lane] holds. Confined to one [GroupReader].
final class LaneReader {

    private static final int SHIFT_MAX = 63;

    private final byte[] input;
    private final int end;
    private int position;

    /// @param in stands at the byte string that is the lane, and then behind it
    LaneReader(byte[] input, CborReader in) throws CborException {
        this.input = input;
        int size = in.bytesInPlace();
        this.end = in.offset();
        this.position = end - size;
    }

    int offset() {
        return position;
    }

    /// @return 64 bits, to be taken as unsigned
    long number() throws CborException {
        int start = position;
        long value = 0;
        for (int shift = 0; shift <= SHIFT_MAX; shift += 7) {
            if (position >= end) {
                throw new CborException(start, "cut short");
            }
            long group = input[position++];
            value |= (group & 0x7f) << shift;
            if (group >= 0) {
                return value;
            }
        }
        throw new CborException(start, "a number of more than 64 bits");
    }

    long signed() throws CborException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /// @param max the greatest that is taken
    long upTo(long max) throws CborException {
        int start = position;
        long value = number();
        if (value < 0 || value > max) {
            throw new CborException(start, Long.toUnsignedString(value) + " is more than " + max);
        }
        return value;
    }

    UUID id(UUID before) throws CborException {
        long high = before.getMostSignificantBits() + signed();
        if (end - position < Long.BYTES) {
            throw new CborException(position, "cut short");
        }
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            low = low << Byte.SIZE | input[position++] & 0xff;
        }
        return new UUID(high, low);
    }

    /// A reader of the items that the lane holds.
    CborReader items() {
        return new CborReader(input, position, end);
    }

    void end() throws CborException {
        if (position != end) {
            throw new CborException(position, end - position + " bytes after the end");
        }
    }
}
