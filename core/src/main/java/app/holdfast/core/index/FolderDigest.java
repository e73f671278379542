package app.holdfast.core.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A digest of what is told of a folder's children, in the order it is told: half of a SHA-256 over all that a merge
/// compares, and over the rules of what is left out. For one thread.
final class FolderDigest {

    private static final int BUFFER_BYTES = 1 << 13;
    private static final int FACTS_BYTES = 1 + 3 * Long.BYTES + Integer.BYTES;

    private final byte[] rules;
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long first;
    private long second;

    /// @param rules whatever tells them from others
    FolderDigest(byte[] rules) {
        this.rules = rules.clone();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Another folder is read.
    void begin() {
        digest.reset();
        buffer.clear();
        digest.update(rules);
    }

    void add(Disk.Child child) {
        byte[] raw = child.rawName();
        byte[] name = raw == null ? child.name().getBytes(StandardCharsets.UTF_8) : raw;
        if (buffer.remaining() < FACTS_BYTES) {
            flush();
        }
        buffer.put((byte) (child.kind().code() << 1 | (raw == null ? 0 : 1))).putLong(child.size())
                .putLong(child.modifiedMillis()).putLong(child.node()).putInt(name.length);
        if (buffer.remaining() < name.length) {
            flush();
        }
        if (name.length > BUFFER_BYTES) {
            digest.update(name);
        } else {
            buffer.put(name);
        }
    }

    /// All children were told.
    void end() {
        flush();
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long half = hash.getLong();
        first = half == 0 ? 1 : half;
        second = hash.getLong();
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }

    /// Half of it, never 0.
    long first() {
        return first;
    }

    long second() {
        return second;
    }

    /// A name as a number.
    static long ofName(Disk.Child child) {
        byte[] raw = child.rawName();
        long hash = raw == null ? 0 : 1;
        if (raw == null) {
            for (int i = 0; i < child.name().length(); i++) {
                hash = Node.of(hash, child.name().charAt(i));
            }
        } else {
            for (byte letter : raw) {
                hash = Node.of(hash, letter);
            }
        }
        return hash;
    }
}
