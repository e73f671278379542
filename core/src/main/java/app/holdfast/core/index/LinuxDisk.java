package app.holdfast.core.index;

import app.holdfast.core.index.LinuxCalls.Buffers;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The filesystems of this machine, by the calls of Linux: half of the time that Java's own take (ADR 132).
///
/// A folder is held open while it is read, and it is the folder that its parent named or it is not read. What cannot be
/// had in one call because its path is too long is opened step by step.
public final class LinuxDisk implements Disk {

    /// Linux takes 4,095 bytes at once.
    private static final int PATH_BYTES_MAX = 4_000;
    private static final int ENTRY_LENGTH = 16;
    private static final int ENTRY_NAME = 19;
    // places in struct statx
    private static final int MASK = 0;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int BORN = 80;
    private static final int MODIFIED = 112;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;
    private static final int MOUNT = 144;
    private static final int MASK_BORN = 0x800;
    private static final int MASK_MOUNT = 0x1000;
    private static final int TYPE = 0xF000;
    private static final int TYPE_FOLDER = 0x4000;
    private static final int TYPE_FILE = 0x8000;
    private static final int TYPE_LINK = 0xA000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;

    /// Where a filesystem is mounted: one that is mounted at two places is two.
    ///
    /// @param number of the mount; 0 where the system tells none, before Linux 5.8
    private record Mount(long device, long number) {}

    /// One folder of one filesystem that is mounted.
    private record Inode(Mount mount, long number) {}

    /// Filesystems that make inodes up anew, when they are mounted or whenever they like.
    private static final Set<String> PASSING = Set.of("vfat", "msdos", "exfat");

    private final Queue<Buffers> free = new ConcurrentLinkedQueue<>();
    /// Devices with such a filesystem.
    private final Set<Long> passing = ConcurrentHashMap.newKeySet();

    /// The fastest way to this machine's filesystems.
    public static Disk ofThisSystem() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return new LocalDisk();
        }
        try {
            return new LinuxDisk();
        } catch (LinkageError | IllegalCallerException e) {
            return new LocalDisk(); // another C library, or calls into it are not allowed
        }
    }

    LinuxDisk() {
        free.add(new Buffers());
        LinuxCalls.close(-1); // links the calls, or fails here
    }

    @Override
    public Folder top(Path path) throws IOException {
        Buffers buffers = take();
        try {
            int descriptor = open(buffers, path);
            try {
                Inode itself = identity(buffers, descriptor, path);
                String type = Files.getFileStore(path).type();
                if (PASSING.contains(type) || type.startsWith("fuse")) {
                    passing.add(itself.mount.device);
                } else {
                    passing.remove(itself.mount.device);
                }
                return new Folder(path, itself);
            } finally {
                LinuxCalls.close(descriptor);
            }
        } finally {
            free.add(buffers);
        }
    }

    @Override
    public Folder below(Folder top, Path path) throws IOException {
        Folder found = top(path);
        if (top.identity() instanceof Inode above && found.identity() instanceof Inode itself
                && !above.mount.equals(itself.mount)) {
            throw new NoSuchFileException(PathBytes.shown(path), null, "something else is mounted there");
        }
        return found;
    }

    private Buffers take() {
        Buffers buffers = free.poll();
        return buffers == null ? new Buffers() : buffers;
    }

    @Override
    public boolean list(Folder folder, Children children) throws IOException {
        Buffers buffers = take();
        try {
            int descriptor = open(buffers, folder.path());
            try {
                Inode itself = identity(buffers, descriptor, folder.path());
                if (folder.identity() != null && !folder.identity().equals(itself)) {
                    throw new NoSuchFileException(PathBytes.shown(folder.path()), null,
                            "another folder has taken its place");
                }
                Children told = !passing.contains(itself.mount.device) ? children
                        : child -> children.take(child.withoutNode());
                return new Listing(folder.path(), descriptor, itself.mount, buffers, told).list();
            } finally {
                LinuxCalls.close(descriptor);
            }
        } finally {
            free.add(buffers);
        }
    }

    private static Inode identity(Buffers buffers, int descriptor, Path path) throws IOException {
        if (LinuxCalls.lookAtItself(buffers, descriptor) != 0) {
            throw failure(buffers.errno(), path);
        }
        return new Inode(mount(buffers.status), buffers.status.get(ValueLayout.JAVA_LONG, INODE));
    }

    private static Mount mount(MemorySegment status) {
        long device = (long) status.get(ValueLayout.JAVA_INT, DEVICE_MAJOR) << Integer.SIZE
                | status.get(ValueLayout.JAVA_INT, DEVICE_MINOR) & 0xFFFF_FFFFL;
        boolean isTold = (status.get(ValueLayout.JAVA_INT, MASK) & MASK_MOUNT) != 0;
        return new Mount(device, isTold ? status.get(ValueLayout.JAVA_LONG, MOUNT) : 0);
    }

    private static int open(Buffers buffers, Path path) throws IOException {
        byte[] bytes = PathBytes.of(path);
        int at = LinuxCalls.AT_FDCWD;
        int from = 0;
        while (true) {
            int to = end(bytes, from);
            int next = LinuxCalls.openFolder(buffers, at, Arrays.copyOfRange(bytes, from, to));
            int errno = next < 0 ? buffers.errno() : 0;
            if (at >= 0) {
                LinuxCalls.close(at);
            }
            if (next < 0) {
                throw failure(errno, path);
            }
            if (to == bytes.length) {
                return next;
            }
            at = next;
            from = to + 1;
        }
    }

    /// Where the next step of a path ends: at its end, or before a slash.
    private static int end(byte[] path, int from) {
        int end = path.length;
        if (end - from > PATH_BYTES_MAX) {
            end = from + PATH_BYTES_MAX;
            while (end > from + 1 && path[end] != '/') {
                end--;
            }
        }
        return end;
    }

    private static IOException failure(int errno, Path path) {
        String shown = PathBytes.shown(path);
        return switch (errno) {
            case LinuxCalls.ENOENT -> new NoSuchFileException(shown);
            case LinuxCalls.EACCES, LinuxCalls.EPERM -> new AccessDeniedException(shown);
            case LinuxCalls.ENOTDIR, LinuxCalls.ELOOP -> new NotDirectoryException(shown);
            default -> new FileSystemException(shown, null, "error " + errno);
        };
    }

    /// Reading one open folder.
    private record Listing(Path path, int descriptor, Mount mount, Buffers buffers, Children children) {

        private boolean list() throws IOException {
            byte[] name = buffers.name;
            boolean all = true;
            while (true) {
                long bytes = LinuxCalls.readEntries(buffers, descriptor);
                if (bytes == 0) {
                    return all;
                }
                if (bytes < 0) {
                    throw failure(buffers.errno(), path);
                }
                for (long at = 0; at < bytes; at += length(at)) {
                    int letters = name(at, name);
                    if (isDots(name, letters)) {
                        continue;
                    }
                    if (!look(at)) {
                        // one that was removed since the folder was read is not there
                        all &= buffers.errno() == LinuxCalls.ENOENT;
                    } else if (!children.take(child(Arrays.copyOf(name, letters)))) {
                        return false;
                    }
                }
            }
        }

        private int length(long at) {
            return Short.toUnsignedInt(buffers.entries.get(ValueLayout.JAVA_SHORT, at + ENTRY_LENGTH));
        }

        private int name(long at, byte[] name) {
            int room = length(at) - ENTRY_NAME;
            MemorySegment.copy(buffers.entries, ValueLayout.JAVA_BYTE, at + ENTRY_NAME, name, 0, room);
            int letters = 0;
            while (letters < room && name[letters] != 0) {
                letters++;
            }
            return letters;
        }

        private static boolean isDots(byte[] name, int letters) {
            return name[0] == '.' && (letters == 1 || letters == 2 && name[1] == '.');
        }

        private boolean look(long at) {
            int result;
            do {
                result = LinuxCalls.look(buffers, descriptor, buffers.entries.address() + at + ENTRY_NAME);
            } while (result != 0 && buffers.errno() == LinuxCalls.EINTR);
            return result == 0;
        }

        private Child child(byte[] bytes) {
            MemorySegment status = buffers.status;
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean isText = text.indexOf('\uFFFD') < 0 || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
            EntryKind kind = switch (Short.toUnsignedInt(status.get(ValueLayout.JAVA_SHORT, MODE)) & TYPE) {
                case TYPE_FOLDER -> EntryKind.DIRECTORY;
                case TYPE_FILE -> EntryKind.FILE;
                case TYPE_LINK -> EntryKind.SYMLINK;
                default -> EntryKind.OTHER;
            };
            long inode = status.get(ValueLayout.JAVA_LONG, INODE);
            boolean isOfMount = LinuxDisk.mount(status).equals(mount);
            return new Child(text, isText ? null : bytes, kind,
                    kind == EntryKind.DIRECTORY ? 0 : status.get(ValueLayout.JAVA_LONG, SIZE),
                    modifiedMillis(status), isOfMount ? node(status, inode) : 0,
                    kind == EntryKind.DIRECTORY && isOfMount ? folder(bytes, inode) : null);
        }

        private @Nullable Folder folder(byte[] name, long inode) {
            Optional<Path> below = PathBytes.below(path, name);
            return below.map(folder -> new Folder(folder, new Inode(mount, inode))).orElse(null);
        }

        private static long modifiedMillis(MemorySegment status) {
            return status.get(ValueLayout.JAVA_LONG, MODIFIED) * MILLIS_PER_SECOND
                    + status.get(ValueLayout.JAVA_INT, MODIFIED + Long.BYTES) / NANOS_PER_MILLI;
        }

        private static long node(MemorySegment status, long inode) {
            if ((status.get(ValueLayout.JAVA_INT, MASK) & MASK_BORN) == 0) {
                return 0;
            }
            return Node.of(inode, status.get(ValueLayout.JAVA_LONG, BORN) * NANOS_PER_SECOND
                    + status.get(ValueLayout.JAVA_INT, BORN + Long.BYTES));
        }
    }
}
