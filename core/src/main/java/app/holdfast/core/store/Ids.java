package app.holdfast.core.store;

import java.nio.ByteBuffer;
import java.util.UUID;

/// UUIDs as the 16 bytes that the tables hold, most significant first, so that time-ordered ids sort by time.
final class Ids {

    private Ids() {
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).array();
    }

    static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
