package app.holdfast.core.fake;

import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A drive that can be plugged in here and there: an image with a filesystem of its own, mounted by a loop device.
/// Needs Linux, root and loop devices ([#isPossible]).
public final class LoopDrive implements AutoCloseable {

    private static final long SECONDS_MAX = 60;

    private final Path image;
    private final List<Path> mounts = new ArrayList<>();

    private LoopDrive(Path image) {
        this.image = image;
    }

    public static boolean isPossible() {
        try {
            return Files.exists(Path.of("/dev/loop-control")) && run("id", "-u").strip().equals("0")
                    && run("losetup", "-f").startsWith("/dev/loop") && run("sh", "-c", "command -v mkfs.ext4") != null;
        } catch (IOException e) {
            return false;
        }
    }

    /// @param image where its bytes are to be
    /// @param label of its filesystem, ext4
    public static LoopDrive make(Path image, String label) throws IOException {
        run("truncate", "-s", "48M", image.toString());
        run("mkfs.ext4", "-q", "-F", "-N", "16000", "-L", label, image.toString());
        return new LoopDrive(image);
    }

    /// A drive with the same bytes.
    public LoopDrive copy(Path other) throws IOException {
        run("cp", "--sparse=always", image.toString(), other.toString());
        return new LoopDrive(other);
    }

    /// @param options besides `loop`, such as `ro`
    public Path plugIn(Path mountPoint, String... options) throws IOException {
        Files.createDirectories(mountPoint);
        run("sh", "-c", "mount -o \"$1\" \"$2\" \"$(printf %b \"$3\")\"", "mount",
                String.join(",", "loop", String.join(",", options)).replaceAll(",$", ""), image.toString(),
                escaped(mountPoint));
        mounts.add(mountPoint);
        return mountPoint;
    }

    /// As a person does who is told that the drive is in use, for a scan may be reading it: tries again.
    public void unplug(Path mountPoint) throws IOException {
        run("timeout", "15", "sh", "-c", "until umount \"$(printf %b \"$1\")\"; do sleep 0.05; done", "umount",
                escaped(mountPoint));
        mounts.remove(mountPoint);
    }

    /// Without asking whether anybody uses it.
    public void pull(Path mountPoint) throws IOException {
        umount("umount -l", mountPoint);
        mounts.remove(mountPoint);
    }

    private static void umount(String command, Path mountPoint) throws IOException {
        run("sh", "-c", command + " \"$(printf %b \"$1\")\"", "umount", escaped(mountPoint));
    }

    /// Names of any bytes, which would not survive as text.
    private static String escaped(Path path) {
        var text = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            text.append('/');
            for (byte b : PathBytes.ofName(path.getName(i))) {
                text.append(String.format("\\0%03o", b & 0xFF));
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        for (Path mount : List.copyOf(mounts)) {
            pull(mount);
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            process.getOutputStream().close();
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
