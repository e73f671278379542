package app.holdfast.core.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/// What happened in one run: a hash of all of it, and a line for each step when somebody wants to read it.
final class Trace {

    private final CRC32C hash = new CRC32C();
    private final boolean telling;
    private final List<String> lines = new ArrayList<>();
    private final ByteBuffer one = ByteBuffer.allocate(Long.BYTES);
    private long notes;

    Trace(boolean telling) {
        this.telling = telling;
    }

    /// Whether anybody reads what is told.
    boolean isTelling() {
        return telling;
    }

    void note(byte[] bytes) {
        hash.update(bytes);
        notes++;
    }

    void note(long number) {
        hash.update(number(number));
        notes++;
    }

    private ByteBuffer number(long number) {
        return one.clear().putLong(number).flip();
    }

    void tell(Supplier<String> line) {
        if (telling) {
            lines.add(line.get());
        }
    }

    long hash() {
        return notes << Integer.SIZE | hash.getValue();
    }

    List<String> lines() {
        return lines;
    }
}
