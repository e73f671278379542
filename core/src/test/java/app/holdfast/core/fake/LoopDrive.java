package app.holdfast.core.fake;

import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A drive that can be plugged in here and there: an image with a filesystem of its own, mounted by a loop device.
/// Needs Linux, root and loop devices ([#isPossible]).
public final class LoopDrive implements AutoCloseable {

    private static final long SECONDS_MAX = 60;

    /// Its filesystem. All but the first come through FUSE, by programs that may have to be installed.
    public enum Kind {
        EXT4("ext4", "mkfs.ext4", "-q -F -N 16000 -L"), EXFAT("exfat-fuse", "mkfs.exfat", "-L"),
        NTFS("ntfs-3g", "mkfs.ntfs", "-F -q -Q -L");

        private final String type;
        private final String maker;
        private final List<String> options;

        Kind(String type, String maker, String options) {
            this.type = type;
            this.maker = maker;
            this.options = List.of(options.split(" "));
        }

        /// What this machine lacks for it, in words; empty when a drive can be made and mounted.
        public Optional<String> lack() {
            if (!isPossible()) {
                return Optional.of("needs root and loop devices");
            }
            if (this != EXT4 && !Files.isWritable(Path.of("/dev/fuse"))) {
                return Optional.of("needs /dev/fuse");
            }
            return Stream.of(maker, "mount." + type).filter(program -> this != EXT4 || program.equals(maker))
                    .filter(program -> !isThere(program)).findFirst().map(program -> "needs " + program);
        }
    }

    private final Kind kind;
    private final Path image;
    private final List<Path> mounts = new ArrayList<>();

    private LoopDrive(Kind kind, Path image) {
        this.kind = kind;
        this.image = image;
    }

    public static boolean isPossible() {
        try {
            return Files.exists(Path.of("/dev/loop-control")) && run("id", "-u").strip().equals("0")
                    && run("losetup", "-f").startsWith("/dev/loop") && isThere("mkfs.ext4");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isThere(String program) {
        try {
            return run("sh", "-c", "command -v " + program) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /// A drive with ext4.
    public static LoopDrive make(Path image, String label) throws IOException {
        return make(Kind.EXT4, image, label);
    }

    /// @param image where its bytes are to be
    /// @param label of its filesystem
    public static LoopDrive make(Kind kind, Path image, String label) throws IOException {
        run("truncate", "-s", "48M", image.toString());
        List<String> command = new ArrayList<>(List.of(kind.maker));
        command.addAll(kind.options);
        command.addAll(List.of(label, image.toString()));
        run(command.toArray(String[]::new));
        return new LoopDrive(kind, image);
    }

    /// A drive with the same bytes. Of one that is mounted, what is left of it when it is pulled out now.
    public LoopDrive copy(Path other) throws IOException {
        run("sync");
        run("cp", "--sparse=always", image.toString(), other.toString());
        return new LoopDrive(kind, other);
    }

    /// @param options besides `loop`, such as `ro`
    public Path plugIn(Path mountPoint, String... options) throws IOException {
        Files.createDirectories(mountPoint);
        run("sh", "-c", "mount -t \"$4\" -o \"$1\" \"$2\" \"$(printf %b \"$3\")\"", "mount",
                String.join(",", "loop", String.join(",", options)).replaceAll(",$", ""), image.toString(),
                escaped(mountPoint), kind.type);
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
