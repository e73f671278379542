package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.clock.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/// A snapshot's file, read whole and written whole (ADR 143).
///
/// Writing: a lock beside it, `.NAME.lock`, is held; the file must be the one that was read; a sibling for its owner
/// alone is written, synced, and takes the file's place; the folder is synced. Whatever fails before that leaves the
/// file as it was, and no sibling. A symbolic link stays one.
final class SnapshotFile {

    /// A larger file is refused before it is read.
    static final int BYTES_MAX = 300 << 20;
    private static final int SUFFIX = 6;

    /// As the caller named it, for messages.
    private final Path file;

    SnapshotFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    Path path() {
        return file;
    }

    byte[] read() throws CoreException {
        try {
            if (Files.isDirectory(file)) {
                throw new CoreException.NoVault(file, "it is a folder");
            }
            if (Files.size(file) > BYTES_MAX) {
                throw new CoreException.NoVault(file, "it is larger than " + BYTES_MAX + " bytes");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(BYTES_MAX + 1);
            }
        } catch (NoSuchFileException e) {
            throw new CoreException.NotFound("vault", file.toString());
        } catch (IOException e) {
            throw failed("it cannot be read", e);
        }
    }

    /// By this a file is known again.
    static String fingerprint(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Writes a file that is not there yet.
    void create(byte[] bytes, RandomSource random) throws CoreException {
        if (Files.exists(file)) {
            throw new CoreException.Refused(file + " exists; a new vault needs a name of its own");
        }
        replace(bytes, "", random);
    }

    /// Puts these bytes in the place of those that were read.
    ///
    /// @param fingerprint of what has to be there; empty when nothing may be
    void replace(byte[] bytes, String fingerprint, RandomSource random) throws CoreException {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(lock));
                    FileLock held = lock(channel)) {
                String now = Files.exists(target) ? fingerprint(read()) : "";
                if (!held.isValid() || !now.equals(fingerprint)) {
                    throw new CoreException.VaultChanged(file);
                }
                write(target, bytes, random);
            }
        } catch (IOException e) {
            throw failed("it cannot be written; it is as it was", e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException, CoreException {
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return held;
            }
        } catch (OverlappingFileLockException e) {
            throw new CoreException.VaultInUse(file);
        }
        throw new CoreException.VaultInUse(file);
    }

    private static void write(Path target, byte[] bytes, RandomSource random) throws IOException {
        Path sibling = target.resolveSibling(
                target.getFileName() + "." + HexFormat.of().formatHex(random.bytes(SUFFIX)));
        try {
            try (FileChannel channel = FileChannel.open(sibling,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(sibling))) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("a file of the name " + sibling + " is in the way", e);
        } catch (IOException e) {
            Files.deleteIfExists(sibling);
            throw e;
        }
        syncFolder(target);
    }

    /// Where folders can be synced.
    private static void syncFolder(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder != null && target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private CoreException failed(String what, IOException e) {
        return new CoreException.StorageFailed(file, what + " (" + e.getMessage() + ")");
    }
}
