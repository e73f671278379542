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
    private final Optional<SeenRows> seen;
    private final Map<Dot, Long> bases = new HashMap<>();

    RowReceiver(Transaction tx, Claim claim, Optional<SeenRows> seen) {
        this.tx = tx;
        this.claim = claim;
        this.claimKey = tx.claims().key(claim.subject(), claim.id());
        this.seen = seen;
    }

    /// @return false when a row could not be placed: its location or volume is not here
    boolean receive(OwnedRows page) {
        return switch (page.model()) {
            case Models.ENTRY -> new EntryReceiver(tx, claim.subject(), claimKey, this::stampedBy, seen).receive(page);
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

    /// Whether an offered row replaces the held one: newer of this stream, or of a base claim over nothing, or over
    /// an older one of some base claim; never over a row of this stream (S2).
    static boolean replaces(long offeredClaim, long offeredSequence, Held held, long streamClaim) {
        if (held.claim == 0) {
            return true;
        }
        if (offeredClaim == streamClaim) {
            return held.claim != streamClaim || held.sequence < offeredSequence;
        }
        return held.claim != streamClaim && (held.claim != offeredClaim || held.sequence < offeredSequence);
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
        held.ifPresent(found -> seen.ifPresent(rows -> rows.add(table.getName(), found.key)));
        return held;
    }

    private boolean skips(Optional<Held> held, OwnedRow row) {
        return held.isPresent() && !replaces(stampedBy(row), row.sequence(), held.get(), claimKey);
    }

    private <R extends Record> void put(Table<R> table, R values, Optional<Held> held) {
        if (held.isPresent()) {
            tx.sql().update(table).set(values).where(DSL.field(DSL.name("key"), Long.class).eq(held.get().key))
                    .execute();
            return;
        }
        tx.sql().insertInto(table).set(values).execute();
        seen.ifPresent(rows -> rows.add(table.getName(), tx.sql().lastID().longValueExact()));
    }

    private boolean receiveDevices(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held(DEVICE, row);
            boolean itself = row.id().equals(claim.subject()) && fields.bytes(row, "device").length == DeviceId.BYTES;
            if (!itself || skips(held, row)) {
                continue;
            }
            var values = tx.sql().newRecord(DEVICE);
            values.setId(Ids.bytes(row.id()));
            values.setClaim(stampedBy(row));
            values.setSequence(row.sequence());
            values.setDevice(fields.bytes(row, "device"));
            values.setName(fields.text(row, "name"));
            values.setPlatform(fields.text(row, "platform"));
            values.setExtra(fields.unknown(row, RowFields.DEVICE));
            put(DEVICE, values, held);
        }
        return true;
    }

    private boolean receiveVolumes(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held(VOLUME, row);
            if (!row.id().equals(claim.subject()) || skips(held, row)) {
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
            values.setExtra(fields.unknown(row, RowFields.VOLUME));
            put(VOLUME, values, held);
        }
        return true;
    }

    private boolean receiveLocations(OwnedRows page) {
        RowFields fields = new RowFields(page.fields());
        boolean all = true;
        for (OwnedRow row : page.rows()) {
            Optional<Held> held = held(LOCATION, row);
            if (skips(held, row)) {
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
        for (OwnedRow row : page.rows()) {
            byte[] id = Ids.bytes(row.id());
            Optional<Held> held = tx.sql().select(OTHER_ROW.CLAIM, OTHER_ROW.SEQUENCE).from(OTHER_ROW)
                    .where(OTHER_ROW.ID.eq(id)).fetchOptional()
                    .map(found -> new Held(0, found.value1(), found.value2()));
            if (skips(held, row)) {
                continue;
            }
            byte[] all = fields.unknown(row, java.util.List.of());
            tx.sql().insertInto(OTHER_ROW, OTHER_ROW.ID, OTHER_ROW.MODEL, OTHER_ROW.SUBJECT, OTHER_ROW.CLAIM,
                            OTHER_ROW.SEQUENCE, OTHER_ROW.FIELDS)
                    .values(id, page.model(), Ids.bytes(claim.subject()), stampedBy(row), row.sequence(),
                            all == null ? new byte[0] : all)
                    .onConflict(OTHER_ROW.ID).doUpdate().set(OTHER_ROW.CLAIM, stampedBy(row))
                    .set(OTHER_ROW.SEQUENCE, row.sequence())
                    .set(OTHER_ROW.FIELDS, all == null ? new byte[0] : all).execute();
        }
        return true;
    }
}
