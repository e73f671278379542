package app.holdfast.core.vault.stronghold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Bytes that nobody is to see: a vault's key, a value of a Store. They lie in a [SecretMemory] until that is closed.
public final class Secret {

    private final MemorySegment segment;
    private final int size;

    Secret(MemorySegment segment, int size) {
        this.segment = segment;
        this.size = size;
    }

    public int size() {
        return size;
    }

    /// Lends the bytes: what is passed on is wiped afterwards.
    ///
    /// @throws IllegalStateException when its memory was closed
    public <T, X extends Exception> T read(Reading<T, X> reading) throws X {
        byte[] copy = new byte[size];
        try {
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, 0, copy, 0, size);
            return reading.of(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /// Takes as long whatever the bytes are.
    public boolean hasSameBytesAs(Secret other) {
        if (size != other.size) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < size; i++) {
            difference |= segment.get(ValueLayout.JAVA_BYTE, i) ^ other.segment.get(ValueLayout.JAVA_BYTE, i);
        }
        return difference == 0;
    }

    /// Zeroes it now. Its memory stays taken until the whole is closed.
    public void wipe() {
        segment.fill((byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[" + size + " bytes]";
    }

    /// What is done with lent bytes.
    ///
    /// @param <X> what it may fail with
    @FunctionalInterface
    public interface Reading<T, X extends Exception> {
        T of(byte[] bytes) throws X;
    }
}
