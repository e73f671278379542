package app.holdfast.core.vault.stronghold;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where secrets stay while a vault is open: outside of Java's heap, so that no collector copies them, and zeroed when
/// the memory is closed (ADR 140). Safe for any thread.
public final class SecretMemory implements AutoCloseable {

    /// Made when something is kept, since closing one costs a halt of all threads. Guarded by this, as all.
    private @Nullable Arena arena;
    private final List<MemorySegment> segments = new ArrayList<>();
    private boolean closed;

    /// Keeps a copy. The caller wipes its own.
    public synchronized Secret keep(byte[] bytes) {
        if (closed) {
            throw new IllegalStateException("this memory is closed");
        }
        if (arena == null) {
            arena = Arena.ofShared();
        }
        MemorySegment segment = arena.allocate(Math.max(1, bytes.length));
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, segment, 0, bytes.length);
        segments.add(segment);
        return new Secret(segment, bytes.length);
    }

    /// Zeroes everything, then gives the memory back. A secret that is read afterwards fails.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            segments.forEach(segment -> segment.fill((byte) 0));
            segments.clear();
            if (arena != null) {
                arena.close();
            }
        }
    }
}
