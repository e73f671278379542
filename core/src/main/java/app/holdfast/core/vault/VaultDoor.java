package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.vault.age.AgeFile;
import app.holdfast.core.vault.key.KeyDerivation;
import app.holdfast.core.vault.stronghold.MalformedSnapshot;
import app.holdfast.core.vault.stronghold.SecretMemory;
import app.holdfast.core.vault.stronghold.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/// Opens and makes vaults. Safe for any thread; blocks while keys are derived.
public final class VaultDoor implements Vaults {

    /// As the Tauri plugin's documents name it.
    private static final String SALT_FILE = "salt.txt";
    private static final int SALT_MAX = 1024;

    private final TimeSource time;
    private final RandomSource random;
    private final BiConsumer<Path, Deed> told;

    public VaultDoor(TimeSource time, RandomSource random) {
        this(time, random, (_, _) -> { });
    }

    /// @param told of a file after something was done to it, on the thread that did it
    public VaultDoor(TimeSource time, RandomSource random, BiConsumer<Path, Deed> told) {
        this.time = time;
        this.random = random;
        this.told = told;
    }

    void tell(Path file, Deed deed) {
        told.accept(file, deed);
    }

    @Override
    public Facts look(Path file) throws CoreException {
        byte[] bytes = new SnapshotFile(file).read();
        var snapshot = new SnapshotBytes(file, bytes);
        int workFactor = snapshot.workFactor();
        return new Facts(file, snapshot.version(), workFactor < 0 ? OptionalInt.empty() : OptionalInt.of(workFactor),
                bytes.length, salt(file, Optional.empty()).length > 0);
    }

    @Override
    public OpenVault create(Path file, byte[] password, Locking locking) throws CoreException {
        var snapshotFile = new SnapshotFile(file);
        var memory = new SecretMemory();
        boolean made = false;
        try {
            var around = new SnapshotBytes.Surroundings(random, memory);
            if (Files.exists(file)) {
                throw new CoreException.Refused(file + " exists; a new vault needs a name of its own");
            }
            Lock lock = lock(file, password, locking, around);
            byte[] bytes = SnapshotBytes.write(lock, Snapshot.empty(), random);
            snapshotFile.create(bytes, random);
            snapshotFile.settle();
            made = true;
            tell(file, Deed.SEEN);
            return new OpenedVault(snapshotFile, bytes, new SnapshotBytes.Unlocked(lock, Snapshot.empty()), around,
                    this);
        } catch (MalformedSnapshot e) {
            throw new IllegalStateException("nothing is not too much", e);
        } finally {
            if (!made) {
                memory.close();
            }
        }
    }

    @Override
    public OpenVault open(Path file, byte[] password, Opening opening) throws CoreException {
        var snapshotFile = new SnapshotFile(file);
        byte[] bytes = snapshotFile.read();
        var snapshot = new SnapshotBytes(file, bytes);
        int workFactor = snapshot.workFactor();
        allow(file, workFactor < 0 ? 0 : AgeFile.memoryBytes(workFactor), opening.workFactorMax());
        byte[] salt = salt(file, opening.saltFile());
        List<KeyDerivation> ways = opening.derivation().isEmpty()
                ? KeyDerivation.likely(snapshot.version(), salt.length > 0)
                : List.of(derivation(opening.derivation().get()));
        var memory = new SecretMemory();
        boolean opened = false;
        try {
            for (KeyDerivation way : ways) {
                allow(file, way.memoryBytes(), opening.workFactorMax());
                Optional<SnapshotBytes.Unlocked> unlocked = unlock(snapshot, way, password, salt, memory);
                if (unlocked.isPresent()) {
                    opened = true;
                    tell(file, Deed.SEEN);
                    return new OpenedVault(snapshotFile, bytes, unlocked.get(),
                            new SnapshotBytes.Surroundings(random, memory), this);
                }
            }
            throw new CoreException.WrongPassword(file, snapshot.version() == SnapshotBytes.V2);
        } finally {
            if (!opened) {
                memory.close();
            }
        }
    }

    long nowMillis() {
        return time.nowMillis();
    }

    /// Costs a derivation.
    Lock lock(Path file, byte[] password, Locking locking, SnapshotBytes.Surroundings around) throws CoreException {
        boolean isKnown = locking.version() == SnapshotBytes.V2 || locking.version() == SnapshotBytes.V3;
        if (!isKnown || locking.workFactor() < 0 || locking.workFactor() > WORK_FACTOR_MAX) {
            throw new CoreException.Refused("a vault has version 2 or 3 and a work factor of 0 to " + WORK_FACTOR_MAX);
        }
        KeyDerivation way = locking.derivation().isEmpty()
                ? locking.version() == SnapshotBytes.V3 ? KeyDerivation.BLAKE2B : KeyDerivation.PBKDF2_WALLET
                : derivation(locking.derivation().get());
        if (password.length == 0) {
            throw new CoreException.Refused("a vault needs a password");
        }
        allow(file, way.memoryBytes(), WORK_FACTOR_MAX);
        byte[] key = way.derive(password, salt(file, locking.saltFile())).orElseThrow(() -> new CoreException.Refused(
                way.needsSalt() ? "this way of making a key needs a salt file" : "a raw key has 32 bytes"));
        try {
            return SnapshotBytes.lock(locking.version(), key, way, locking.workFactor(), around);
        } catch (OutOfMemoryError e) {
            throw new CoreException.VaultTooCostly(file, "more memory than this computer has to give", "no more");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Optional<SnapshotBytes.Unlocked> unlock(SnapshotBytes snapshot, KeyDerivation way, byte[] password,
            byte[] salt, SecretMemory memory) throws CoreException {
        Optional<byte[]> key = way.derive(password, salt);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return snapshot.unlock(key.get(), way, memory);
        } finally {
            Arrays.fill(key.get(), (byte) 0);
        }
    }

    /// Nothing is derived that takes more than was allowed, or than the program has.
    private static void allow(Path file, long bytes, int workFactorMax) throws CoreException {
        long allowed = AgeFile.memoryBytes(Math.min(Math.max(workFactorMax, 0), WORK_FACTOR_MAX));
        if (bytes > allowed) {
            throw new CoreException.VaultTooCostly(file, bytes == Long.MAX_VALUE ? "more memory than there is"
                    : (bytes >> 20) + " MiB of memory", (allowed >> 20) + " MiB");
        }
    }

    private static KeyDerivation derivation(String code) throws CoreException {
        return KeyDerivation.ofCode(code).orElseThrow(() -> new CoreException.Refused(
                "keys are not derived by " + code + "; known are " + String.join(", ",
                        Arrays.stream(KeyDerivation.values()).map(KeyDerivation::code).toList())));
    }

    /// @param chosen a file that has to be there; otherwise one that lies beside the vault, if it has the right length
    private static byte[] salt(Path file, Optional<Path> chosen) throws CoreException {
        Path place = chosen.orElse(file.toAbsolutePath().resolveSibling(SALT_FILE));
        if (chosen.isEmpty() && !Files.isRegularFile(place)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(place)) {
            byte[] salt = in.readNBytes(SALT_MAX + 1);
            if (chosen.isPresent() && (salt.length < 8 || salt.length > SALT_MAX)) {
                throw new CoreException.Refused(place + " is no salt file: it has to have 8 to " + SALT_MAX + " bytes");
            }
            return chosen.isPresent() || salt.length == KeyDerivation.SALT ? salt : new byte[0];
        } catch (IOException e) {
            throw new CoreException.StorageFailed(place, "the salt cannot be read (" + e.getMessage() + ")");
        }
    }
}
