package app.holdfast.desktop.instance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Where the socket of a data directory's instance lies: `run/instance.sock` inside it; or, when that path is longer
/// than the system takes, in a short directory of the user's, to which `run/instance.path` points.
///
/// Either directory may be entered by its user alone, so that it does not matter what mode the socket has between
/// being made and being closed off.
final class SocketPlace {

    /// `sockaddr_un.sun_path` holds 108 bytes on Linux, 104 on macOS, the closing zero included.
    static final int PATH_BYTES_MAX = 100;

    private static final Set<PosixFilePermission> ONLY_ITS_USER = PosixFilePermissions.fromString("rwx------");

    private final Path data;
    private final Map<String, String> environment;

    /// @param environment `XDG_RUNTIME_DIR` is looked up in it
    SocketPlace(Path data, Map<String, String> environment) {
        this.data = data.toAbsolutePath().normalize();
        this.environment = environment;
    }

    /// Makes the directory and, when needed, the pointer.
    ///
    /// @return where to listen
    /// @throws IOException when it cannot be made, or is not its user's alone
    Path prepare() throws IOException {
        Path run = data.resolve("run");
        makePrivate(run);
        Path near = run.resolve("instance.sock");
        if (fits(near)) {
            Files.deleteIfExists(pointer());
            return near;
        }
        Path directory = shortDirectory();
        makePrivate(directory);
        UUID name = UUID.nameUUIDFromBytes(data.toString().getBytes(StandardCharsets.UTF_8));
        Path far = directory.resolve(name + ".sock");
        if (!fits(far)) {
            throw new IOException(far + " is longer than the path of a socket may be");
        }
        Files.writeString(pointer(), far.toString());
        return far;
    }

    /// @return where an instance listens, if one does
    Optional<Path> find() throws IOException {
        if (Files.isRegularFile(pointer())) {
            try {
                return Optional.of(Path.of(Files.readString(pointer()))).filter(Files::exists);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        Path near = data.resolve("run").resolve("instance.sock");
        return fits(near) && Files.exists(near) ? Optional.of(near) : Optional.empty();
    }

    static void allowOnlyItsUser(Path socket) throws IOException {
        if (isPosix(socket)) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private Path pointer() {
        return data.resolve("run").resolve("instance.path");
    }

    private Path shortDirectory() throws IOException {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty() && Files.isDirectory(Path.of(runtime))) {
            return Path.of(runtime, "holdfast");
        }
        Object user = isPosix(data) ? Files.getAttribute(data, "unix:uid") : "user";
        return Path.of(System.getProperty("java.io.tmpdir"), "holdfast-" + user);
    }

    private static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
    }

    /// In a directory where everyone may write, another user could have made it first: then it is not used.
    private void makePrivate(Path directory) throws IOException {
        if (!isPosix(data)) {
            Files.createDirectories(directory);
            return;
        }
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(ONLY_ITS_USER));
        } catch (FileAlreadyExistsException e) {
            var found = Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isDirectory() || !found.owner().equals(Files.getOwner(data))) {
                throw new IOException(directory + " belongs to someone else", e);
            }
            Files.setPosixFilePermissions(directory, ONLY_ITS_USER);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
