package app.holdfast.core.sync.wire;

import java.util.Arrays;
import java.util.UUID;

/// Grows the bytes of one column. Numbers are little-endian groups of seven bits (LEB128), signed ones zig-zagged so
/// that small negative numbers are short as well.
final class ColumnWriter {

    private byte[] buffer = new byte[4096];
    private int length;

    void put(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    void unsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    void signed(long value) {
        unsigned(zigzag(value));
    }

    /// The signed 128-bit difference `to - from`.
    void difference(UUID from, UUID to) {
        ensure(19);
        long low = to.getLeastSignificantBits() - from.getLeastSignificantBits();
        boolean borrow = Long.compareUnsigned(to.getLeastSignificantBits(), from.getLeastSignificantBits()) < 0;
        long high = to.getMostSignificantBits() - from.getMostSignificantBits() - (borrow ? 1 : 0);
        long sign = high >> 63;
        long zigzagHigh = (high << 1 | low >>> 63) ^ sign;
        long zigzagLow = low << 1 ^ sign;
        while (zigzagHigh != 0 || (zigzagLow & ~0x7fL) != 0) {
            buffer[length++] = (byte) (zigzagLow | 0x80);
            zigzagLow = zigzagLow >>> 7 | zigzagHigh << 57;
            zigzagHigh >>>= 7;
        }
        buffer[length++] = (byte) zigzagLow;
    }

    void raw(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /// Bytes that [#unsigned] takes for a number.
    static int size(long value) {
        return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(length, more)));
        }
    }
}
