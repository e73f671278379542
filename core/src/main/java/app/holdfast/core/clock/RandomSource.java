package app.holdfast.core.clock;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where random bits come from: the system's secure generator in the program, a seeded one in tests. Made at the
/// door, handed down.
@FunctionalInterface
public interface RandomSource {

    /// @return 64 random bits
    long nextLong();

    /// @param count how many bytes, 0 or more
    default byte[] bytes(int count) {
        ByteBuffer buffer = ByteBuffer.allocate((count + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        while (buffer.hasRemaining()) {
            buffer.putLong(nextLong());
        }
        return Arrays.copyOf(buffer.array(), count);
    }
}
