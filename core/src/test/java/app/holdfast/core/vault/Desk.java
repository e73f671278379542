package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.Vaults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A door to vaults with a clock that is set and randomness that is repeated; vaults that cost nothing to open.
final class Desk {

    static final String CLIENT = "app";
    static final String VAULT = "keys";

    private final SplittableRandom random;
    long nowMillis = 1_790_000_000_000L;
    final VaultDoor door;

    Desk(long seed) {
        random = new SplittableRandom(seed);
        door = new VaultDoor(() -> nowMillis, random::nextLong);
    }

    OpenVault create(Path file, String password) throws CoreException {
        return door.create(file, utf8(password), cheap(3));
    }

    OpenVault open(Path file, String password) throws CoreException {
        return door.open(file, utf8(password), Vaults.Opening.usual());
    }

    static Vaults.Locking cheap(int version) {
        return new Vaults.Locking(version, Optional.empty(), Optional.empty(), 0);
    }

    static void put(OpenVault vault, String record, String secret) throws CoreException {
        vault.put(at(record), utf8(secret), utf8("hint"), true);
    }

    static RecordPath at(String record) {
        return RecordPath.of(CLIENT, VAULT, record);
    }

    static String secret(OpenVault vault, String record) throws CoreException {
        return new String(vault.secret(at(record)), StandardCharsets.UTF_8);
    }

    /// The records of the vault that all tests use.
    static List<VaultContent.Record> records(OpenVault vault) throws CoreException {
        return vault.content().clients().stream().flatMap(client -> client.vaults().stream())
                .flatMap(one -> one.records().stream()).toList();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
