package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ADR 50, on a real ext4 image of 1 KiB blocks. Needs root and loop devices; skipped elsewhere.
class FullVolumeTest {

    private static final int SIGBUS_STATUS = 128 + 7;
    private static final int ABORT_STATUS = 128 + 6;

    @TempDir
    private Path folder;

    private Path mount;

    @BeforeEach
    void mountSmallVolume() throws Exception {
        Path image = folder.resolve("small.img");
        mount = Files.createDirectory(folder.resolve("mount"));
        assumeTrue(run("truncate", "-s", "8M", image.toString()) == 0, "truncate");
        assumeTrue(run("mkfs.ext4", "-q", "-F", "-b", "1024", "-m", "0", image.toString()) == 0, "mkfs.ext4");
        assumeTrue(run("mount", "-o", "loop", image.toString(), mount.toString()) == 0, "root and loop devices");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", mount.toString());
    }

    @Test
    void aLibraryOnAFullVolumeOpensOrSaysThatTheDiskIsFullAfterAKill() throws Exception {
        Path data = Files.createDirectory(mount.resolve("library"));
        assertThat(child("write-and-die", data)).isEqualTo(FullVolumeChild.DIED);
        fill();

        int status = child("open", data);

        assertThat(status).isNotIn(SIGBUS_STATUS, ABORT_STATUS);
        assertThat(status).isIn(FullVolumeChild.OPENED, FullVolumeChild.REFUSED);
    }

    @Test
    void whatWasCommittedIsThereOnceThereIsRoomAgain() throws Exception {
        Path data = Files.createDirectory(mount.resolve("library"));
        assertThat(child("write-and-die", data)).isEqualTo(FullVolumeChild.DIED);
        fill();
        assertThat(child("open", data)).isIn(FullVolumeChild.OPENED, FullVolumeChild.REFUSED);
        Files.delete(mount.resolve("filler"));

        int status = child("open", data);

        assertThat(status).isEqualTo(FullVolumeChild.OPENED);
    }

    /// To the last block, however small.
    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(mount.resolve("filler"))) {
            for (int size = 1 << 20; size > 0; size /= 2) {
                writeUntilFull(out, new byte[size]);
            }
        }
    }

    private static void writeUntilFull(OutputStream out, byte[] block) {
        try {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space");
        }
    }

    private static int child(String what, Path data) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null", "-cp", System.getProperty("java.class.path"),
                FullVolumeChild.class.getName(), what, data.toString()));
        return run(command.toArray(String[]::new));
    }

    private static int run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command[0]).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
