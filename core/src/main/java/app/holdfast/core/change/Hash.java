package app.holdfast.core.change;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The 32 bytes of a SHA-256, as four numbers, so that hashes compare by content and cost no array each.
public record Hash(long first, long second, long third, long fourth) {

    public static final int BYTES = 32;

    /// @param bytes has at least 32 bytes from the offset on
    public static Hash read(byte[] bytes, int offset) {
        ByteBuffer from = ByteBuffer.wrap(bytes, offset, BYTES);
        return new Hash(from.getLong(), from.getLong(), from.getLong(), from.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(first).putLong(second).putLong(third).putLong(fourth).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
