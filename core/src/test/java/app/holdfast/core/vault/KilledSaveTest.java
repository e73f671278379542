package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.sync.JavaStarts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a save that fails, or dies, leaves behind: the file as it was, or as it was to be. `holdfast.kills` says how
/// many processes are killed, `holdfast.seed` repeats where.
@Tag("vaults")
final class KilledSaveTest {

    /// So many that both files have to be seen, and that keeping the JVM's classes is worth it.
    private static final int MANY = 100;
    private static final int SAVES_BEFORE_KILL_MAX = 3;
    private static final int SPIN_MAX = 400_000;
    private static final int SPIN_SHORT_MAX = 2_000;
    /// Where saving makes no sibling, the file is soon found torn.
    private static final int LOOKS_MAX = 50_000;
    private static final int LARGE = 3 << 20;

    @TempDir
    private Path folder;
    private final AtomicInteger leftSiblings = new AtomicInteger();
    private final AtomicInteger oldFiles = new AtomicInteger();
    private final AtomicInteger newFiles = new AtomicInteger();

    @Test
    void aKilledSaveLeavesTheOldFileOrTheNewOne() throws Exception {
        int kills = Integer.getInteger("holdfast.kills", 10);
        long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
        int lanes = Math.min(kills, 2 * Runtime.getRuntime().availableProcessors());
        System.out.println("seed " + seed + ", " + kills + " kills, " + lanes + " at once");
        var dice = new SplittableRandom(seed);
        List<String> program = kills < MANY ? SavingChild.program() : JavaStarts.prepare(folder, SavingChild.class,
                vault("training").toString(), "0", "20", "1");

        try (var threads = Executors.newFixedThreadPool(lanes)) {
            var done = new ArrayList<Future<?>>();
            for (int lane = 0; lane < lanes; lane++) {
                int share = kills / lanes + (lane < kills % lanes ? 1 : 0);
                Path file = vault("lane" + lane);
                SplittableRandom own = dice.split();
                done.add(threads.submit(() -> {
                    killAgainAndAgain(program, file, share, own);
                    return true;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }

        System.out.printf("killed: %d left a sibling; %d the old file, %d the new one%n", leftSiblings.get(),
                oldFiles.get(), newFiles.get());
        assertThat(oldFiles.get() + newFiles.get()).isEqualTo(kills);
        if (kills >= MANY) {
            assertThat(leftSiblings).hasPositiveValue();
            assertThat(oldFiles).hasPositiveValue();
            assertThat(newFiles).hasPositiveValue();
        }
    }

    private Path vault(String name) throws Exception {
        Path file = Files.createDirectory(folder.resolve(name)).resolve("a.stronghold");
        try (OpenVault vault = new Desk(1).create(file, SavingChild.PASSWORD)) {
            SavingChild.count(vault, 0);
            vault.put(Desk.at("large"), new byte[1 << 16], new byte[0], false);
            vault.save();
        }
        return file;
    }

    private void killAgainAndAgain(List<String> program, Path file, int kills, SplittableRandom dice)
            throws Exception {
        int saved = 0;
        for (int kill = 0; kill < kills; kill++) {
            int told = saveAndDie(program, file, saved, dice);
            boolean left = !SavingChild.siblings(file).isEmpty();

            try (OpenVault vault = new Desk(dice.nextLong()).open(file, SavingChild.PASSWORD)) {
                saved = SavingChild.count(vault);
                assertThat(saved).isBetween(told, told + 1);
                assertThat(vault.verify().unreadable()).isEmpty();
                vault.save(); // nothing that was left hinders, nor stays
            }
            assertThat(SavingChild.siblings(file)).isEmpty();
            leftSiblings.addAndGet(left ? 1 : 0);
            (saved == told ? oldFiles : newFiles).incrementAndGet();
        }
        assertThat(saved).isGreaterThanOrEqualTo(kills);
    }

    /// @return how many saves the child told of
    private static int saveAndDie(List<String> program, Path file, int from, SplittableRandom dice) throws Exception {
        var command = new ArrayList<>(program);
        command.addAll(List.of(file.toString(), Integer.toString(from), Integer.toString(Integer.MAX_VALUE),
                Long.toString(dice.nextLong())));
        Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        int told = from;
        try (BufferedReader said = child.inputReader()) {
            int last = from + 1 + dice.nextInt(SAVES_BEFORE_KILL_MAX);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                told = Integer.parseInt(line);
                if (told == last) {
                    awaitMoment(file, dice);
                    child.toHandle().destroyForcibly(); // what it said before is still to be read
                }
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        return told;
    }

    /// Anywhere in a save, or soon after a sibling was made, or as soon as it took the file's place.
    private static void awaitMoment(Path file, SplittableRandom dice) {
        int where = dice.nextInt(3);
        int spins = dice.nextInt(where == 0 ? SPIN_MAX : SPIN_SHORT_MAX);
        int looks = LOOKS_MAX;
        while (where > 0 && looks > 0 && SavingChild.siblings(file).isEmpty()) {
            looks--;
        }
        while (where == 2 && looks > 0 && !SavingChild.siblings(file).isEmpty()) {
            looks--;
        }
        for (int spin = where == 2 ? 0 : spins; spin > 0; spin--) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatAKilledSaveLeftIsRemovedByTheNextAndNothingElseIs() throws Exception {
        Path file = folder.resolve("a.stronghold");
        Path left = Files.writeString(folder.resolve(".a.stronghold.0123456789ab.saving"), "half");
        List<Path> others = new ArrayList<>();
        for (String name : List.of("a.stronghold.0123456789ab", ".b.stronghold.0123456789ab.saving",
                ".a.stronghold.0123456789AB.saving", ".a.stronghold.bak.0123456789ab.saving", ".a.stronghold.saving")) {
            others.add(Files.writeString(folder.resolve(name), "of others"));
        }
        others.add(Files.createDirectory(folder.resolve(".a.stronghold.cccccccccccc.saving")));
        others.add(Files.createSymbolicLink(folder.resolve(".a.stronghold.dddddddddddd.saving"), file));
        try (OpenVault vault = new Desk(1).create(file, SavingChild.PASSWORD)) {
            assertThat(left).doesNotExist();
            Files.writeString(left, "half");

            try (FileChannel lock = FileChannel.open(folder.resolve(".a.stronghold.lock"), StandardOpenOption.WRITE);
                    FileLock _ = lock.lock()) {
                assertThatExceptionOfType(CoreException.VaultInUse.class).isThrownBy(vault::save);
            }
            assertThat(left).as("another process holds the lock, and may be writing it").exists();

            vault.save();
        }

        assertThat(left).doesNotExist();
        assertThat(others).allSatisfy(other -> assertThat(Files.exists(other, LinkOption.NOFOLLOW_LINKS)).isTrue());
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
