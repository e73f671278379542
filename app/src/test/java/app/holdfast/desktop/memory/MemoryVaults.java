package app.holdfast.desktop.memory;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VaultId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The list of vaults of a library in memory; the files are real, and so are the vaults in them.
public final class MemoryVaults {

    public static final String PASSWORD = "sésame";
    private static final DeviceId HERE = new DeviceId("01".repeat(32));

    private final Map<VaultId, VaultRow> rows = new LinkedHashMap<>();

    /// A vault whose key costs nothing, with records of the form `client/vault/record=secret`.
    public static Path make(Path file, String... records) {
        byte[] password = password();
        Vaults.Locking usual = Vaults.Locking.usual();
        try (OpenVault vault = Holdfast.vaults().create(file, password, new Vaults.Locking(3, usual.derivation(),
                usual.saltFile(), 0))) {
            for (String record : records) {
                String[] secret = record.split("=", 2);
                String[] place = secret[0].split("/", 3);
                vault.put(RecordPath.of(place[0], place[1], place[2]), secret[1].getBytes(StandardCharsets.UTF_8),
                        new byte[0], true);
            }
            vault.save();
            return file;
        } catch (CoreException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] password() {
        return PASSWORD.getBytes(StandardCharsets.UTF_8);
    }

    /// The secret of a record, read past everything that is shown.
    public static String secret(Path file, String record) {
        String[] place = record.split("/", 3);
        try (OpenVault vault = Holdfast.vaults().open(file, password(), Vaults.Opening.usual())) {
            return new String(vault.secret(RecordPath.of(place[0], place[1], place[2])), StandardCharsets.UTF_8);
        } catch (CoreException e) {
            throw new AssertionError(e);
        }
    }

    public List<VaultRow> rows() {
        return new ArrayList<>(rows.values());
    }

    /// As another device tells of it.
    public void away(String path, String device) {
        VaultId id = id(device + path);
        rows.put(id, new VaultRow(id, new DeviceId("02".repeat(32)), device, path, Optional.empty(), false,
                new VaultRow.Facts(3, 12_345, Instant.parse("2026-11-18T08:00:00Z"), Optional.empty(),
                        Optional.empty())));
    }

    /// Its file is not there any more.
    public void lose(Path file) {
        rows.replaceAll((_, row) -> row.here().filter(file::equals).isEmpty() ? row : new VaultRow(row.id(),
                row.device(), row.deviceName(), row.path(), row.here(), true, row.facts()));
    }

    void note(Path file, Vaults.Deed deed) throws CoreException {
        Vaults.Facts facts = Holdfast.vaults().look(file);
        try {
            Path real = file.toRealPath();
            VaultId id = id(real.toString());
            Optional<Instant> now = Optional.of(MemoryFiles.NOON);
            Optional<VaultRow> before = Optional.ofNullable(rows.get(id));
            rows.put(id, new VaultRow(id, HERE, "maren-laptop", real.toString(), Optional.of(real), false,
                    new VaultRow.Facts(facts.version(), facts.size(), Files.getLastModifiedTime(real).toInstant(),
                            deed == Vaults.Deed.SYNCED ? now : before.flatMap(row -> row.facts().synced()),
                            deed == Vaults.Deed.VERIFIED ? now : before.flatMap(row -> row.facts().verified()))));
        } catch (IOException e) {
            throw new CoreException.NotFound("vault", file.toString());
        }
    }

    void forget(VaultId id) {
        rows.remove(id);
    }

    private static VaultId id(String of) {
        return new VaultId(UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)));
    }
}
