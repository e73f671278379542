package app.holdfast.core.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what files have in them and makes digests of it (ADR 135). For one thread.
///
/// What is no ordinary file is never opened, and no link is followed at the end of a path. A file counts only when it
/// is, before and after, as it was said to be.
public final class ContentReader {

    /// Files of so many bytes and fewer are read whole at once.
    public static final int SMALL_BYTES_MAX = 128 << 10;
    /// A big file's sample: so many parts, the first at its start and the last at its end.
    static final int PARTS = 4;
    static final int PART_BYTES = 16 << 10;
    /// SHA-256 of the whole content.
    static final byte WHOLE_SHA256 = 1;
    /// The first 16 bytes of the SHA-256 of the size, 8 bytes, and the parts.
    static final byte SAMPLE_SHA256 = 2;
    private static final int SAMPLE_BYTES = 16;
    private static final int BUFFER_BYTES = 64 << 10;

    /// Asked before bytes are read.
    @FunctionalInterface
    public interface Pace {
        /// Waits until so many bytes may be read.
        ///
        /// @return false to have the reading of this file end
        /// @throws InterruptedException when the thread is interrupted
        boolean before(int bytes) throws InterruptedException;
    }

    /// What was read, each as the byte of its algorithm and a digest; never changed.
    ///
    /// @param sample  null for a small file, or one that was read whole
    /// @param content null for what was only sampled
    public record Digests(byte @Nullable [] sample, byte @Nullable [] content) {}

    private final Pace pace;
    private final OrdinaryFiles opening = OrdinaryFiles.ofThisSystem();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    public ContentReader(Pace pace) {
        this.pace = pace;
    }

    /// Reads a file.
    ///
    /// @param whole whether all of a big file, too
    /// @return empty when it is not there, not as it was said to be, no ordinary file, or may not be read, or the pace
    ///         had it end
    /// @throws InterruptedException when the thread is interrupted
    public Optional<Digests> read(Path file, long size, long modifiedMillis, boolean whole)
            throws InterruptedException {
        try {
            if (!isStill(file, size, modifiedMillis)) {
                return Optional.empty();
            }
            Digests digests;
            try (FileChannel channel = opening.open(file)) {
                digests = whole || size <= SMALL_BYTES_MAX ? new Digests(null, whole(channel, size))
                        : new Digests(sample(channel, size), null);
            }
            return isStill(file, size, modifiedMillis) ? Optional.of(digests) : Optional.empty();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return Optional.empty();
        }
    }

    private static boolean isStill(Path file, long size, long modifiedMillis) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.isRegularFile() && now.size() == size && now.lastModifiedTime().toMillis() == modifiedMillis;
    }

    private byte[] whole(FileChannel channel, long size) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        read(channel, 0, size, digest);
        return tagged(WHOLE_SHA256, digest, Integer.MAX_VALUE);
    }

    private byte[] sample(FileChannel channel, long size) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
        for (int part = 0; part < PARTS; part++) {
            read(channel, start(part, size), PART_BYTES, digest);
        }
        return tagged(SAMPLE_SHA256, digest, SAMPLE_BYTES);
    }

    /// Where a part begins: they lie evenly from the start to the end. Divided first, as the size may be near 2^63.
    static long start(int part, long size) {
        long last = size - PART_BYTES;
        return part == PARTS - 1 ? last : last / (PARTS - 1) * part;
    }

    private void read(FileChannel channel, long from, long bytes, MessageDigest into)
            throws IOException, InterruptedException {
        for (long at = from; at < from + bytes;) {
            int next = (int) Math.min(BUFFER_BYTES, from + bytes - at);
            if (!pace.before(next)) {
                throw new IOException("the reading was ended");
            }
            buffer.clear().limit(next);
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new IOException("the file got shorter");
            }
            into.update(buffer.flip());
            at += count;
        }
    }

    private static byte[] tagged(byte algorithm, MessageDigest digest, int bytesMax) {
        byte[] all = digest.digest();
        int length = Math.min(all.length, bytesMax);
        return ByteBuffer.allocate(1 + length).put(algorithm).put(all, 0, length).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
