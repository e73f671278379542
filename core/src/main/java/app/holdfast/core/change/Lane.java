package app.holdfast.core.change;

import java.util.Arrays;
import java.util.UUID;

/// Numbers of one kind, one after the other: LEB128, seven bits a byte, lowest group first. What is alike so lies side
/// by side, which is what a compressor wants.
///
/// Confined to one [GroupWriter].
final class Lane {

    private byte[] buffer = new byte[64];
    private int length;

    /// @param value taken as unsigned
    void number(long value) {
        ensure(10);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            buffer[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        buffer[length++] = (byte) left;
    }

    /// 0, -1, 1, -2 become 0, 1, 2, 3.
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    /// @param before the id before this one: ids of one minute share their first bytes
    void id(UUID id, UUID before) {
        signed(id.getMostSignificantBits() - before.getMostSignificantBits());
        ensure(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[length++] = (byte) (id.getLeastSignificantBits() >>> shift);
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }
}
