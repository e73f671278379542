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
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole files, changed by chance: none is taken, and each is refused in words. `holdfast.fuzz` says how many,
/// `holdfast.seed` repeats a run.
final class SnapshotFuzzTest {

    @TempDir
    private Path folder;

    @Test
    void noChangedSnapshotIsTaken() throws Exception {
        int rounds = Integer.getInteger("holdfast.fuzz", 5_000);
        long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
        System.out.println("seed " + seed + ", " + rounds + " snapshots");
        var dice = new SplittableRandom(seed);
        byte[][] whole = {snapshot(2), snapshot(3)};
        byte[] key = KeyDerivation.BLAKE2B.derive(Desk.utf8("x"), new byte[0]).orElseThrow();
        int taken = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] changed = whole[dice.nextInt(2)].clone();
            for (int edits = 1 + dice.nextInt(3); edits > 0; edits--) {
                changed[dice.nextInt(changed.length)] ^= (byte) (1 << dice.nextInt(8));
            }
            boolean same = Arrays.equals(changed, whole[0]) || Arrays.equals(changed, whole[1]);
            try (var memory = new SecretMemory()) {
                var snapshot = new SnapshotBytes(folder, changed);
                boolean cheap = snapshot.workFactor() < 8;
                if (cheap && snapshot.unlock(key, KeyDerivation.BLAKE2B, memory).isPresent() && !same) {
                    taken++;
                }
            } catch (CoreException e) {
                assertThat(e.code()).isIn("no_vault", "vault_version", "damaged_vault");
            }
        }
        assertThat(taken).isZero();
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
