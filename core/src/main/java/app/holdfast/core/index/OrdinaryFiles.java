package app.holdfast.core.index;

import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Opens ordinary files and nothing else. Who opens a named pipe waits until somebody writes to it: one that was put in
/// a file's place after that was looked at would hold the reader for ever. For one thread.
///
/// On Linux the file is opened without waiting, looked at, and read through that. Elsewhere it is only opened.
///
/// @see "Linux man-pages, open(2), proc_pid_fd(5)"
abstract sealed class OrdinaryFiles {

    private static final int PATH_BYTES_MAX = 4_095;
    private static final int MODE = 28;
    private static final int TYPE = 0xF000;
    private static final int TYPE_FILE = 0x8000;

    /// @throws IOException when there is none, it may not be read, or it is a link or another thing
    abstract FileChannel open(Path file) throws IOException;

    static OrdinaryFiles ofThisSystem() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return new Anywhere();
        }
        try {
            LinuxCalls.close(-1); // links the calls, or fails here
            return new OnLinux();
        } catch (LinkageError | IllegalCallerException e) {
            return new Anywhere();
        }
    }

    private static final class Anywhere extends OrdinaryFiles {
        @Override
        FileChannel open(Path file) throws IOException {
            return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static final class OnLinux extends OrdinaryFiles {
        private final LinuxCalls.Buffers buffers = new LinuxCalls.Buffers();

        @Override
        FileChannel open(Path file) throws IOException {
            byte[] path = PathBytes.of(file);
            if (path.length > PATH_BYTES_MAX) {
                throw new FileSystemException(PathBytes.shown(file), null, "its path is too long");
            }
            int descriptor = LinuxCalls.openFile(buffers, path);
            if (descriptor < 0) {
                throw new FileSystemException(PathBytes.shown(file), null, "error " + buffers.errno());
            }
            try {
                boolean isFile = LinuxCalls.lookAtItself(buffers, descriptor) == 0
                        && (Short.toUnsignedInt(buffers.status.get(ValueLayout.JAVA_SHORT, MODE)) & TYPE) == TYPE_FILE;
                if (!isFile) {
                    throw new FileSystemException(PathBytes.shown(file), null, "it is no ordinary file");
                }
                return FileChannel.open(Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.READ);
            } finally {
                LinuxCalls.close(descriptor);
            }
        }
    }
}
