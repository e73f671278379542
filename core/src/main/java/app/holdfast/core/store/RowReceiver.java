package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.DEVICE;
import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.OTHER_ROW;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.model.DeviceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Takes rows of a followed stream into the tables (S2). Used for one page, on the writer.
final class RowReceiver {

    private final Transaction tx;
    private final Claim claim;
    private final long claimKey;
    private final Taking taking;
    private final Map<Dot, Long> bases = new HashMap<>();

    RowReceiver(Transaction tx, Claim claim, Taking taking) {
        this.tx = tx;
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

    private Optional<Held> held(Table<?> table, OwnedRow row) {
        Field<byte[]> id = DSL.field(DSL.name("id"), byte[].class);
        Optional<Held> held = tx.sql().select(DSL.field(DSL.name("key"), Long.class),
                        DSL.field(DSL.name("claim"), Long.class), DSL.field(DSL.name("sequence"), Long.class))
                .from(table).where(id.eq(Ids.bytes(row.id()))).fetchOptional()
                .map(found -> new Held(found.value1(), found.value2(), found.value3()));
        held.ifPresent(found -> taking.seen().ifPresent(rows -> rows.add(table.getName(), found.key)));
        return held;
    }

    private boolean skips(Optional<Held> held, OwnedRow row) {
        return held.isPresent() && !taking.replaces(stampedBy(row), row.sequence(), held.get(), claimKey);
    }

    private <R extends Record> void put(Table<R> table, R values, Optional<Held> held) {
        if (held.isPresent()) {
            tx.sql().update(table).set(values).where(DSL.field(DSL.name("key"), Long.class).eq(held.get().key))
                    .execute();
            return;
        }
        tx.sql().insertInto(table).set(values).execute();
        taking.seen().ifPresent(rows -> rows.add(table.getName(), tx.sql().lastID().longValueExact()));
    }

    private boolean receiveDevices(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held(DEVICE, row);
            byte[] device = fields.bytes(row, "device");
            boolean itself = row.id().equals(claim.subject()) && device.length == DeviceId.BYTES
                    && DeviceId.of(device).subject().equals(claim.subject());
            if (!itself || skips(held, row)) {
                all = false;
                continue;
            }
            var values = tx.sql().newRecord(DEVICE);
            values.setId(Ids.bytes(row.id()));
            values.setClaim(stampedBy(row));
            values.setSequence(row.sequence());
            values.setDevice(device);
            values.setName(fields.text(row, "name"));
            values.setPlatform(fields.text(row, "platform"));
            values.setExtra(fields.unknown(row, RowFields.DEVICE));
            put(DEVICE, values, held);
        }
        return all;
    }

    private boolean receiveVolumes(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held(VOLUME, row);
            if (!row.id().equals(claim.subject()) || skips(held, row)) {
                all = false;
                continue;
            }
            var values = tx.sql().newRecord(VOLUME);
            values.setId(Ids.bytes(row.id()));
            values.setClaim(stampedBy(row));
            values.setSequence(row.sequence());
            values.setLabel(fields.text(row, "label"));
            values.setFileSystem(fields.text(row, "file_system"));
            values.setFsUuid(fields.text(row, "fs_uuid"));
            values.setTotalBytes(fields.whole(row, "total_bytes"));
            values.setSerial(fields.text(row, "serial"));
            values.setTracking(fields.whole(row, "tracking"));
            values.setAway(fields.whole(row, "away"));
            values.setWrites(fields.whole(row, "writes"));
            values.setNonce(fields.whole(row, "nonce"));
            values.setExtra(fields.unknown(row, RowFields.VOLUME));
            put(VOLUME, values, held);
        }
        return all;
    }

    private boolean receiveLocations(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held(LOCATION, row);
            if (skips(held, row)) {
                all = false;
                continue;
            }
            Optional<Long> volume = tx.sql().select(VOLUME.KEY).from(VOLUME)
                    .where(VOLUME.ID.eq(Ids.bytes(claim.subject()))).fetchOptional(VOLUME.KEY);
            boolean anothers = held.isPresent() && volume.isPresent() && tx.sql().fetchExists(LOCATION,
                    LOCATION.KEY.eq(held.get().key()).and(LOCATION.VOLUME.ne(volume.get())));
            if (volume.isEmpty() || anothers) {
                all = false;
                continue;
            }
            var values = tx.sql().newRecord(LOCATION);
            values.setId(Ids.bytes(row.id()));
            values.setClaim(stampedBy(row));
            values.setSequence(row.sequence());
            values.setVolume(volume.get());
            values.setName(fields.text(row, "name"));
            values.setPath(fields.bytes(row, "path"));
            values.setExtra(fields.unknown(row, RowFields.LOCATION));
            put(LOCATION, values, held);
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
            if (anothers || skips(known.map(found -> new Held(0, found.getClaim(), found.getSequence())), row)) {
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
        }
        return all;
    }
}
