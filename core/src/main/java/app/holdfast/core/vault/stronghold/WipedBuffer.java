package app.holdfast.core.vault.stronghold;

import java.util.Arrays;

/// Bytes that are written one after another and leave no copy behind: what the buffer grows out of is wiped. At most
/// 2 GiB.
final class WipedBuffer {

    private byte[] bytes;
    private int size;

    WipedBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void put(byte value) {
        grow(1);
        bytes[size++] = value;
    }

    void put(byte[] from, int offset, int count) {
        grow(count);
        System.arraycopy(from, offset, bytes, size, count);
        size += count;
    }

    /// Appends bytes that were written before; they may overlap with what is appended.
    ///
    /// @param distance 1 to [#size]
    void repeat(int distance, int count) {
        grow(count);
        if (distance >= count) {
            System.arraycopy(bytes, size - distance, bytes, size, count);
        } else {
            for (int i = size; i < size + count; i++) {
                bytes[i] = bytes[i - distance];
            }
        }
        size += count;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void wipe() {
        Arrays.fill(bytes, (byte) 0);
        size = 0;
    }

    private void grow(int count) {
        if (count > bytes.length - size) {
            long wanted = Math.max((long) size + count, 2L * bytes.length);
            byte[] larger = new byte[(int) Math.min(wanted, Integer.MAX_VALUE - 8)];
            System.arraycopy(bytes, 0, larger, 0, size);
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
    }
}
