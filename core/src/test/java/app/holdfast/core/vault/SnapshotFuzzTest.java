package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.vault.key.KeyDerivation;
import app.holdfast.core.vault.stronghold.SecretMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole files, changed by chance: none is taken, and each is refused in words. `holdfast.fuzz` says how many,
/// `holdfast.seed` repeats a run, on however many processors.
@Tag("vaults")
final class SnapshotFuzzTest {

    private static final byte[] KEY = KeyDerivation.BLAKE2B.derive(Desk.utf8("x"), new byte[0]).orElseThrow();
    /// Four MiB; a file may only get here by a changed digit.
    private static final int WORK_FACTOR_MAX = 12;

    @TempDir
    private Path folder;
    private final AtomicInteger damaged = new AtomicInteger();
    private final AtomicInteger lockedOtherwise = new AtomicInteger();

    @Test
    void noChangedSnapshotIsTaken() throws Exception {
        int rounds = Integer.getInteger("holdfast.fuzz", 5_000);
        long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
        System.out.println("seed " + seed + ", " + rounds + " snapshots");
        byte[][] whole = {snapshot(2), snapshot(3)};

        List<Integer> taken = IntStream.range(0, rounds).parallel().filter(round -> takes(whole, seed, round)).boxed()
                .toList();

        System.out.printf("fuzz: %d refused as damaged, %d as locked by another key, heap of at most %d MiB%n",
                damaged.get(), lockedOtherwise.get(), Runtime.getRuntime().maxMemory() >> 20);
        assertThat(taken).isEmpty();
        assertThat(damaged.get() + lockedOtherwise.get()).isEqualTo(rounds);
        assertThat(lockedOtherwise).hasPositiveValue();
    }

    /// One that cannot be refused in words ends the test with the round.
    private boolean takes(byte[][] whole, long seed, int round) {
        var dice = new SplittableRandom(seed + round);
        byte[] from = whole[dice.nextInt(2)];
        byte[] changed = from;
        while (Arrays.equals(changed, from)) {
            changed = changed(changed, dice);
        }
        try (var memory = new SecretMemory()) {
            var snapshot = new SnapshotBytes(folder, changed);
            boolean opened = snapshot.workFactor() <= WORK_FACTOR_MAX
                    && snapshot.unlock(KEY, KeyDerivation.BLAKE2B, memory).isPresent();
            lockedOtherwise.incrementAndGet();
            return opened;
        } catch (CoreException e) {
            assertThat(e.code()).as("round %d", round).isIn("no_vault", "vault_version", "damaged_vault");
            damaged.incrementAndGet();
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("round " + round, e);
        }
    }

    /// Bits turned, mostly; or bytes cut off, put in, left out, or written over others.
    private static byte[] changed(byte[] from, SplittableRandom dice) {
        int at = dice.nextInt(from.length);
        int size = Math.min(from.length - at, 1 + dice.nextInt(1 << dice.nextInt(1, 9)));
        byte[] changed = from.clone();
        return switch (dice.nextInt(8)) {
            case 0 -> Arrays.copyOf(from, at);
            case 1 -> joined(from, at, at + size);
            case 2 -> joined(from, at + size, at);
            case 3 -> {
                System.arraycopy(from, at, changed, dice.nextInt(from.length - size + 1), size);
                yield changed;
            }
            default -> {
                for (int edits = 1 + dice.nextInt(3); edits > 0; edits--) {
                    changed[dice.nextInt(changed.length)] ^= (byte) (1 << dice.nextInt(8));
                }
                yield changed;
            }
        };
    }

    /// What is before the one place, and what is behind the other.
    private static byte[] joined(byte[] from, int end, int start) {
        byte[] joined = Arrays.copyOf(from, end + from.length - start);
        System.arraycopy(from, start, joined, end, from.length - start);
        return joined;
    }

    private byte[] snapshot(int version) throws Exception {
        Path file = folder.resolve("v" + version);
        var desk = new Desk(7);
        var locking = new Vaults.Locking(version, Optional.of("blake2b"),
                Optional.empty(), 0);
        try (OpenVault vault = desk.door.create(file, Desk.utf8("x"), locking)) {
            Desk.put(vault, "one", "1");
            vault.save();
        }
        return Files.readAllBytes(file);
    }
}
