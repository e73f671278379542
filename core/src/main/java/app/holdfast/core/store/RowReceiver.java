package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.OTHER_ROW;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.model.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes rows of a followed stream into the tables (S2). Used for one page, on the writer.
final class RowReceiver {

    private static final List<String> DEVICE = List.of("device", "name", "platform", "extra");
    private static final List<String> VOLUME = List.of("label", "file_system", "fs_uuid", "total_bytes", "serial",
            "tracking", "away", "writes", "nonce", "extra");
    private static final List<String> LOCATION = List.of("volume", "name", "path", "extra");

    private final Transaction tx;
    private final Prepared prepared;
    private final Claim claim;
    private final long claimKey;
    private final Taking taking;
    private final Map<Dot, Long> bases = new HashMap<>();

    RowReceiver(Transaction tx, Claim claim, Taking taking) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
        this.claim = claim;
        this.claimKey = tx.claims().key(claim.subject(), claim.id());
        this.taking = taking;
    }

    /// @return whether all rows stand here now as they were offered; not so when a newer one was here, or when a row
    ///         names a location or volume that is not here
    boolean receive(OwnedRows page) {
        return switch (page.model()) {
            case Models.ENTRY -> taking.fresh()
                    && new NewEntries(tx, claim.subject(), this::stampedBy, taking).insert(page)
                    || new EntryReceiver(tx, claim.subject(), claimKey, this::stampedBy, taking).receive(page);
            case Models.DEVICE -> receiveDevices(page);
            case Models.VOLUME -> receiveVolumes(page);
            case Models.LOCATION -> receiveLocations(page);
            default -> receiveOthers(page);
        };
    }

    /// The key of the claim that a row stands on.
    long stampedBy(OwnedRow row) {
        return row.base().isEmpty() ? claimKey
                : bases.computeIfAbsent(row.base().get(), dot -> tx.claims().key(claim.subject(), dot));
    }

    /// A row that is here.
    ///
    /// @param claim key of the claim it stands on, 0 for one known only as somebody's parent
    record Held(long key, long claim, long sequence) {}

    private Optional<Held> held(String table, OwnedRow row) {
        Optional<Held> held = prepared.first("select key, claim, sequence from " + table + " where id = ?",
                found -> new Held(found.getLong(1), found.getLong(2), found.getLong(3)), Ids.bytes(row.id()));
        held.ifPresent(found -> taking.seen().ifPresent(rows -> rows.add(table, found.key)));
        return held;
    }

    private boolean skips(Optional<Held> held, OwnedRow row) {
        return held.isPresent() && !taking.replaces(stampedBy(row), row.sequence(), held.get(), claimKey);
    }

    /// @param values what the columns after `id`, `claim` and `sequence` are to hold
    private void put(String table, List<String> columns, OwnedRow row, Optional<Held> held,
            @Nullable Object... values) {
        var all = new ArrayList<@Nullable Object>(List.of(Ids.bytes(row.id()), stampedBy(row), row.sequence()));
        Collections.addAll(all, values);
        if (held.isPresent()) {
            all.add(held.get().key);
            prepared.update("update " + table + " set id = ?, claim = ?, sequence = ?, "
                    + String.join(" = ?, ", columns) + " = ? where key = ?", all.toArray());
            return;
        }
        prepared.update("insert into " + table + " (id, claim, sequence, " + String.join(", ", columns)
                + ") values (?, ?, ?" + ", ?".repeat(columns.size()) + ")", all.toArray());
        taking.seen().ifPresent(rows -> rows.add(table, held(table, row).orElseThrow().key));
    }

    private boolean receiveDevices(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held("device", row);
            byte[] device = fields.bytes(row, "device");
            boolean itself = row.id().equals(claim.subject()) && device.length == DeviceId.BYTES
                    && DeviceId.of(device).subject().equals(claim.subject());
            if (!itself || skips(held, row)) {
                all = false;
                continue;
            }
            put("device", DEVICE, row, held, device, fields.text(row, "name"), fields.text(row, "platform"),
                    fields.unknown(row, RowFields.DEVICE));
        }
        return all;
    }

    private boolean receiveVolumes(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held("volume", row);
            if (!row.id().equals(claim.subject()) || skips(held, row)) {
                all = false;
                continue;
            }
            put("volume", VOLUME, row, held, fields.text(row, "label"), fields.text(row, "file_system"),
                    fields.text(row, "fs_uuid"), fields.whole(row, "total_bytes"), fields.text(row, "serial"),
                    fields.whole(row, "tracking"), fields.whole(row, "away"), fields.whole(row, "writes"),
                    fields.whole(row, "nonce"),
                    fields.unknown(row, RowFields.VOLUME));
        }
        return all;
    }

    private boolean receiveLocations(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held("location", row);
            if (skips(held, row)) {
                all = false;
                continue;
            }
            Optional<Long> volume = prepared.first("select key from volume where id = ?", found -> found.getLong(1),
                    Ids.bytes(claim.subject()));
            boolean anothers = held.isPresent() && volume.isPresent() && prepared.finds(
                    "select 1 from location where key = ? and volume <> ?", held.get().key(), volume.get());
            if (volume.isEmpty() || anothers) {
                all = false;
                continue;
            }
            put("location", LOCATION, row, held, volume.get(), fields.text(row, "name"), fields.bytes(row, "path"),
                    fields.unknown(row, RowFields.LOCATION));
        }
        return all;
    }

    private boolean receiveOthers(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            byte[] id = Ids.bytes(row.id());
            taking.seen().ifPresent(rows -> rows.addOther(row.id()));
            var known = tx.sql().selectFrom(OTHER_ROW).where(OTHER_ROW.ID.eq(id)).fetchOptional();
            boolean anothers = known.isPresent()
                    && !Ids.uuid(known.get().getSubject()).equals(claim.subject());
            boolean isVault = page.model().equals(Models.VAULT_FILE);
            boolean strange = isVault && !VaultFiles.isOf(claim.subject(), fields, row);
            if (anothers || strange
                    || skips(known.map(found -> new Held(0, found.getClaim(), found.getSequence())), row)) {
                all = false;
                continue;
            }
            byte[] kept = fields.unknown(row, List.of());
            var values = tx.sql().newRecord(OTHER_ROW);
            values.setId(id);
            values.setModel(page.model());
            values.setSubject(Ids.bytes(claim.subject()));
            values.setClaim(stampedBy(row));
            values.setSequence(row.sequence());
            values.setFields(kept == null ? new byte[0] : kept);
            tx.sql().insertInto(OTHER_ROW).set(values).onConflict(OTHER_ROW.ID).doUpdate().set(values).execute();
            if (isVault) {
                tx.touch(Topic.VAULTS);
            }
        }
        return all;
    }
}
