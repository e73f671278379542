package app.holdfast.core.index;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The four calls of the C library that a folder is read with. Their numbers are those of Linux on 64-bit Intel and
/// ARM.
///
/// Safe for any thread; each call gets the [Buffers] of its caller. Sources: open(2), getdents64(2), statx(2).
@SuppressWarnings("restricted") // calls into the C library are what it is for
final class LinuxCalls {

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EACCES = 13;
    static final int EPERM = 1;
    static final int ENOTDIR = 20;
    static final int ELOOP = 40;

    static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NONBLOCK = 0x800;
    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    /// Type, inode, size, when changed and made, and by which mount it is seen (since Linux 5.8).
    private static final int STATX_WANTED = 0x1 | 0x100 | 0x200 | 0x40 | 0x800 | 0x1000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_OF = STATE.varHandle(PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    // pointers go as numbers, so that none has to be wrapped for each of a million names
    private static final MethodHandle OPENAT = LINKER.downcallHandle(symbol("openat"),
            FunctionDescriptor.of(INT, INT, LONG, INT), ERRNO, Linker.Option.firstVariadicArg(3));
    private static final MethodHandle CLOSE = LINKER.downcallHandle(symbol("close"), FunctionDescriptor.of(INT, INT));
    private static final MethodHandle GETDENTS = LINKER.downcallHandle(symbol("getdents64"),
            FunctionDescriptor.of(LONG, INT, LONG, LONG), ERRNO);
    private static final MethodHandle STATX = LINKER.downcallHandle(symbol("statx"),
            FunctionDescriptor.of(INT, INT, LONG, INT, INT, LONG), ERRNO);

    private LinuxCalls() {
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    /// What calls write to. Used by one thread at a time.
    static final class Buffers {
        private static final int ENTRIES_BYTES = 1 << 15;
        private static final int STATX_BYTES = 256;
        private static final int PATH_BYTES = 1 << 13;

        final MemorySegment entries;
        final MemorySegment status;
        final MemorySegment path;
        /// One name of the entries, which may take all of them: how long one is its filesystem says.
        final byte[] name = new byte[ENTRIES_BYTES];
        private final MemorySegment state;

        Buffers() {
            Arena arena = Arena.ofAuto();
            entries = arena.allocate(ENTRIES_BYTES, Long.BYTES);
            status = arena.allocate(STATX_BYTES, Long.BYTES);
            path = arena.allocate(PATH_BYTES);
            state = arena.allocate(STATE);
        }

        /// Of the last call that failed.
        int errno() {
            return (int) ERRNO_OF.get(state, 0L);
        }
    }

    /// Opens a folder, which must not be a link itself.
    ///
    /// @param path shorter than the buffer
    /// @return a descriptor, or -1
    static int openFolder(Buffers buffers, int at, byte[] path) {
        MemorySegment.copy(path, 0, buffers.path, ValueLayout.JAVA_BYTE, 0, path.length);
        buffers.path.set(ValueLayout.JAVA_BYTE, path.length, (byte) 0);
        try {
            return (int) OPENAT.invokeExact(buffers.state, at, buffers.path.address(),
                    O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
        } catch (Throwable e) {
            throw new IllegalStateException("openat", e);
        }
    }

    /// Opens a file to read it, which must not be a link itself; does not wait for the other end of a pipe.
    ///
    /// @param path shorter than the buffer
    /// @return a descriptor, or -1
    static int openFile(Buffers buffers, byte[] path) {
        MemorySegment.copy(path, 0, buffers.path, ValueLayout.JAVA_BYTE, 0, path.length);
        buffers.path.set(ValueLayout.JAVA_BYTE, path.length, (byte) 0);
        try {
            return (int) OPENAT.invokeExact(buffers.state, AT_FDCWD, buffers.path.address(),
                    O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
        } catch (Throwable e) {
            throw new IllegalStateException("openat", e);
        }
    }

    static void close(int descriptor) {
        try {
            var _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close", e);
        }
    }

    /// Reads some names into the buffer.
    ///
    /// @return bytes of it that were written; 0 at the end, -1 for an error
    static long readEntries(Buffers buffers, int folder) {
        try {
            return (long) GETDENTS.invokeExact(buffers.state, folder, buffers.entries.address(),
                    buffers.entries.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException("getdents64", e);
        }
    }

    /// Looks at a name in the folder without following it.
    ///
    /// @param nameAddress of bytes that end with a zero
    /// @return 0, or -1
    static int look(Buffers buffers, int folder, long nameAddress) {
        return statx(buffers, folder, nameAddress, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT);
    }

    /// Looks at the open folder itself.
    static int lookAtItself(Buffers buffers, int folder) {
        buffers.path.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
        return statx(buffers, folder, buffers.path.address(), AT_EMPTY_PATH);
    }

    private static int statx(Buffers buffers, int folder, long path, int flags) {
        try {
            return (int) STATX.invokeExact(buffers.state, folder, path, flags, STATX_WANTED,
                    buffers.status.address());
        } catch (Throwable e) {
            throw new IllegalStateException("statx", e);
        }
    }
}
