package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.OTHER_ROW;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VaultId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Files with vaults in them, each a row of the stream of the device that has it. They are few and need no table of
/// their own: they lie among the rows that a version without vaults keeps and passes on (ADR 146).
public final class VaultFiles {

    /// @param device   who has it
    /// @param path     absolute, in the bytes of that device's filesystem
    /// @param version  of the snapshot
    /// @param modified milliseconds since 1970, as all below
    /// @param synced   0 for never
    /// @param verified 0 for never
    /// @param missing  when the device missed it; 0 while it is there
    public record StoredVault(DeviceId device, byte[] path, int version, long size, long modified, long synced,
            long verified, long missing) {

        /// Seen for the first time.
        public StoredVault(DeviceId device, byte[] path) {
            this(device, path, 0, 0, 0, 0, 0, 0);
        }

        /// The file as it is now.
        public StoredVault seen(int version, long size, long modified) {
            return new StoredVault(device, path, version, size, modified, synced, verified, 0);
        }

        public StoredVault synced(long millis) {
            return new StoredVault(device, path, version, size, modified, millis, verified, missing);
        }

        public StoredVault verified(long millis) {
            return new StoredVault(device, path, version, size, modified, synced, millis, missing);
        }

        /// Missed since then, or since it was missed before.
        public StoredVault missing(long millis) {
            return missing != 0 ? this : new StoredVault(device, path, version, size, modified, synced, verified,
                    millis);
        }

        public VaultId id() {
            return VaultFiles.id(device.bytes(), path);
        }

        private Map<String, Value> values() {
            return Map.of(Models.DEVICE_KEY, new Value.Bytes(device.bytes()), Models.PATH, new Value.Bytes(path),
                    Models.VERSION, new Value.Whole(version), Models.SIZE, new Value.Whole(size),
                    Models.MODIFIED, new Value.Whole(modified), Models.SYNCED, new Value.Whole(synced),
                    Models.VERIFIED, new Value.Whole(verified), Models.MISSING, new Value.Whole(missing));
        }
    }

    private final DSLContext sql;

    VaultFiles(DSLContext sql) {
        this.sql = sql;
    }

    private static VaultId id(byte[] device, byte[] path) {
        return new VaultId(ModelRegistry.CORE.model(Models.VAULT_FILE).naturalId(Map.of(Models.DEVICE_KEY,
                new Value.Bytes(device), Models.PATH, new Value.Bytes(path))));
    }

    /// Whether a row that came in a device's stream is about a file of that device, and has the id that follows.
    static boolean isOf(UUID subject, RowFields fields, OwnedRow row) {
        byte[] device = fields.bytes(row, Models.DEVICE_KEY);
        return device.length == DeviceId.BYTES && DeviceId.of(device).subject().equals(subject)
                && id(device, fields.bytes(row, Models.PATH)).value().equals(row.id());
    }

    /// Of all devices, in no order that matters.
    public List<StoredVault> all() {
        return sql.select(OTHER_ROW.FIELDS).from(OTHER_ROW).where(OTHER_ROW.MODEL.eq(Models.VAULT_FILE))
                .fetch(row -> stored(RowFields.extra(row.value1()))).stream().flatMap(Optional::stream).toList();
    }

    public Optional<StoredVault> find(VaultId id) {
        return sql.select(OTHER_ROW.FIELDS).from(OTHER_ROW).where(OTHER_ROW.ID.eq(Ids.bytes(id.value())))
                .and(OTHER_ROW.MODEL.eq(Models.VAULT_FILE)).fetchOptional()
                .flatMap(row -> stored(RowFields.extra(row.value1())));
    }

    private static Optional<StoredVault> stored(Map<String, Value> fields) {
        return fields.get(Models.DEVICE_KEY) instanceof Value.Bytes(byte[] device) && device.length == DeviceId.BYTES
                && fields.get(Models.PATH) instanceof Value.Bytes(byte[] path)
                ? Optional.of(new StoredVault(DeviceId.of(device), path,
                        Math.clamp(whole(fields, Models.VERSION), 0, Integer.MAX_VALUE),
                        whole(fields, Models.SIZE), whole(fields, Models.MODIFIED), whole(fields, Models.SYNCED),
                        whole(fields, Models.VERIFIED), whole(fields, Models.MISSING)))
                : Optional.empty();
    }

    private static long whole(Map<String, Value> fields, String name) {
        return fields.get(name) instanceof Value.Whole(long whole) ? whole : 0;
    }

    /// Writes what this device says of a file of its own; nothing happens when it said just that before.
    ///
    /// @param tx the job that this was got from
    public void put(Transaction tx, StoredVault vault) {
        byte[] id = Ids.bytes(vault.id().value());
        byte[] fields = RowFields.kept(vault.values());
        boolean isSaid = sql.select(OTHER_ROW.FIELDS).from(OTHER_ROW).where(OTHER_ROW.ID.eq(id)).fetchOptional()
                .filter(row -> Arrays.equals(row.value1(), fields)).isPresent();
        if (isSaid) {
            return;
        }
        UUID subject = vault.device().subject();
        StreamPen pen = tx.pen(subject);
        var row = sql.newRecord(OTHER_ROW);
        row.setId(id);
        row.setModel(Models.VAULT_FILE);
        row.setSubject(Ids.bytes(subject));
        row.setClaim(pen.claim());
        row.setSequence(pen.next());
        row.setFields(fields);
        sql.insertInto(OTHER_ROW).set(row).onConflict(OTHER_ROW.ID).doUpdate().set(row).execute();
        tx.touch(Topic.VAULTS);
    }

    /// Takes a file of this device off the list, on every device.
    public void remove(Transaction tx, StoredVault vault) {
        tx.pen(vault.device().subject()).remove(Models.VAULT_FILE, vault.id().value());
        new RowRemover(tx).remove(Models.VAULT_FILE, vault.id().value());
    }
}
