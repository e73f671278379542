package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a save that fails, or dies, leaves behind: the file as it was, or as it was to be. `holdfast.kills` says how
/// many processes are killed, `holdfast.seed` repeats when.
final class KilledSaveTest {

    private static final int SAVES_BEFORE_KILL_MAX = 12;
    private static final int SPIN_MAX = 400_000;
    private static final int LARGE = 3 << 20;

    @TempDir
    private Path folder;

    @Test
    void aKilledSaveLeavesTheOldFileOrTheNewOne() throws Exception {
        int kills = Integer.getInteger("holdfast.kills", 10);
        long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
        System.out.println("seed " + seed + ", " + kills + " kills");
        var dice = new SplittableRandom(seed);
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = new Desk(1).create(file, SavingChild.PASSWORD)) {
            Desk.put(vault, "count", "0");
            vault.put(Desk.at("large"), new byte[1 << 16], new byte[0], false);
            vault.save();
        }

        int saved = 0;
        for (int kill = 0; kill < kills; kill++) {
            int told = saveAndDie(file, saved, dice);

            try (OpenVault vault = new Desk(kill).open(file, SavingChild.PASSWORD)) {
                saved = Integer.parseInt(Desk.secret(vault, "count"));
                assertThat(saved).isBetween(told, told + 1);
                assertThat(vault.verify().unreadable()).isEmpty();
                vault.save(); // nothing that was left hinders
            }
        }
        assertThat(saved).isGreaterThanOrEqualTo(kills);
    }

    /// @return how many saves the child told of
    private static int saveAndDie(Path file, int from, SplittableRandom dice) throws Exception {
        Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp", System.getProperty("java.class.path"), SavingChild.class.getName(), file.toString(),
                Integer.toString(from))).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        int told = from;
        try (BufferedReader said = child.inputReader()) {
            int last = from + 1 + dice.nextInt(SAVES_BEFORE_KILL_MAX);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                told = Integer.parseInt(line);
                if (told == last) {
                    for (int spin = dice.nextInt(SPIN_MAX); spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                    child.toHandle().destroyForcibly(); // what it said before is still to be read
                }
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        return told;
    }

    @Test
    void aFullDiskLeavesTheFileAsItWas() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()), "root");
        try {
            Path file = disk.resolve("a.stronghold");
            try (OpenVault vault = new Desk(1).create(file, SavingChild.PASSWORD)) {
                Desk.put(vault, "one", "1");
                vault.save();
                byte[] before = Files.readAllBytes(file);
                byte[] large = new byte[LARGE];
                new SplittableRandom(2).nextBytes(large);
                vault.put(Desk.at("large"), large, new byte[0], false);

                assertThatExceptionOfType(CoreException.StorageFailed.class).isThrownBy(vault::save)
                        .withMessageContaining("as it was");

                assertThat(file).hasBinaryContent(before);
                try (var left = Files.list(disk)) {
                    assertThat(left).hasSize(2);
                }
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aDiskThatMayNotBeWrittenToLeavesTheFileAsItWas() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "tmpfs", disk.toString()), "root");
        try {
            Path file = disk.resolve("a.stronghold");
            try (OpenVault vault = new Desk(1).create(file, SavingChild.PASSWORD)) {
                byte[] before = Files.readAllBytes(file);
                assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "root");

                assertThatExceptionOfType(CoreException.StorageFailed.class).isThrownBy(vault::save);

                assertThat(file).hasBinaryContent(before);
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aFileThatAnotherProcessWritesIsLeftToIt() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = new Desk(1).create(file, SavingChild.PASSWORD)) {
            byte[] before = Files.readAllBytes(file);
            try (FileChannel lock = FileChannel.open(folder.resolve(".a.stronghold.lock"), StandardOpenOption.WRITE);
                    FileLock _ = lock.lock()) {
                assertThatExceptionOfType(CoreException.VaultInUse.class).isThrownBy(vault::save);
            }
            assertThat(file).hasBinaryContent(before);
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
