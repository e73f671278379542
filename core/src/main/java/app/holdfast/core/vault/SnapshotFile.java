package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.clock.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A snapshot's file, read whole and written whole (ADR 143).
///
/// Writing: a lock beside it, `.NAME.lock`, is held; the file must be the one that was read; a sibling for its owner
/// alone, `.NAME.HEX.saving`, is written, synced, and takes the file's place; the folder is synced. Whatever fails
/// before that leaves the file as it was, and no sibling. What a process that died left is removed by the next that
/// holds the lock (ADR 200). A symbolic link stays one.
final class SnapshotFile {

    /// A larger file is refused before it is read.
    static final int BYTES_MAX = 300 << 20;
    private static final int SUFFIX = 6;
    private static final String SAVING = ".saving";

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

    /// Writes a file that is not there yet. [#settle] is to follow.
    void create(byte[] bytes, RandomSource random) throws CoreException {
        if (Files.exists(file)) {
            throw new CoreException.Refused(file + " exists; a new vault needs a name of its own");
        }
        replace(bytes, "", random);
    }

    /// Puts these bytes in the place of those that were read. [#settle] is to follow.
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
                removeWhatDied(target);
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
                prefix(target) + HexFormat.of().formatHex(random.bytes(SUFFIX)) + SAVING);
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
    }

    private static String prefix(Path target) {
        return "." + target.getFileName() + ".";
    }

    /// Siblings of processes that died while they saved. Only who holds the lock writes any, so none is in use now; the
    /// engine's own are called otherwise.
    private static void removeWhatDied(Path target) {
        Path folder = target.getParent();
        Pattern ours = Pattern.compile(
                Pattern.quote(prefix(target)) + "[0-9a-f]{" + 2 * SUFFIX + "}" + Pattern.quote(SAVING));
        if (folder == null) {
            return;
        }
        try (Stream<Path> there = Files.list(folder)) {
            for (Path left : there.filter(path -> ours.matcher(path.getFileName().toString()).matches()
                    && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                Files.delete(left);
            }
        } catch (IOException | UncheckedIOException e) {
            // what cannot be removed hinders no save
        }
    }

    /// Syncs the folder, where folders can be synced: only then what was written outlasts a power cut.
    void settle() throws CoreException {
        try {
            Path folder = file.toRealPath().getParent();
            if (folder != null && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        } catch (IOException e) {
            throw failed("it was written, but its folder cannot be synced: a power cut may bring back what it was", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private CoreException failed(String what, IOException e) {
        String why = e instanceof AccessDeniedException denied ? "no permission for " + denied.getFile()
                : e.getMessage();
        return new CoreException.StorageFailed(file, what + " (" + why + ")");
    }
}
