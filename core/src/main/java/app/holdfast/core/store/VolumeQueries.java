package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.CLAIM;
import static app.holdfast.core.store.catalogue.Tables.METADATA;
import static app.holdfast.core.store.catalogue.Tables.STREAM;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;
import static app.holdfast.core.store.catalogue.Tables.VOLUME_HERE;

import app.holdfast.core.api.NameOrder;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The questions about volumes.
public final class VolumeQueries {

    /// How a volume stands.
    ///
    /// @param note   where a person keeps it, in their words; empty for none
    /// @param away   milliseconds since 1970 when the owner missed it, 0 while it is there
    /// @param writes of the newest marker; 0 when any will do
    public record Standing(Tracking tracking, String serial, long away, long writes, long nonce, String note) {}

    /// Somebody has a drive that says it is this volume.
    public record StoredCopy(VolumeId volume, DeviceId at, String label, boolean isCopy) {}

    private final DSLContext sql;

    VolumeQueries(DSLContext sql) {
        this.sql = sql;
    }

    List<StoredVolume> all(Map<DeviceId, String> names) {
        Map<byte[], String> notes = sql.select(METADATA.SUBJECT, METADATA.NOTE).from(METADATA)
                .where(METADATA.SUBJECT.in(DSL.select(VOLUME.ID).from(VOLUME)))
                .fetchMap(METADATA.SUBJECT, METADATA.NOTE);
        Map<UUID, String> byId = new HashMap<>();
        notes.forEach((id, note) -> byId.put(Ids.uuid(id), note));
        return sql.select(VOLUME.fields()).select(CLAIM.OWNER, CLAIM.EPOCH, VOLUME_HERE.RECOGNISED)
                .from(VOLUME).join(STREAM).on(STREAM.SUBJECT.eq(VOLUME.ID)).join(CLAIM).on(CLAIM.KEY.eq(STREAM.CLAIM))
                .leftJoin(VOLUME_HERE).on(VOLUME_HERE.VOLUME.eq(VOLUME.ID))
                .fetch(row -> {
                    var volume = row.into(VOLUME);
                    DeviceId owner = DeviceId.of(row.get(CLAIM.OWNER));
                    VolumeId id = new VolumeId(Ids.uuid(volume.getId()));
                    return new StoredVolume(id, volume.getLabel(), owner, names.getOrDefault(owner, owner.shortHex()),
                            row.get(CLAIM.EPOCH), volume.getTotalBytes(), volume.getFileSystem(), volume.getFsUuid(),
                            Optional.ofNullable(row.get(VOLUME_HERE.RECOGNISED)),
                            new Standing(VolumeRecords.tracking(volume.getTracking()), volume.getSerial(),
                                    volume.getAway(), volume.getWrites(), volume.getNonce(),
                                    byId.getOrDefault(id.value(), "")));
                }).stream().sorted(Comparator.comparing(StoredVolume::label, NameOrder.NAMES)
                        .thenComparing(StoredVolume::id)).toList();
    }

    List<StoredCopy> copies(ModelRegistry models) {
        return new RecordQueries(sql).all(models.model(Models.VOLUME_COPY)).stream()
                .flatMap(row -> copy(row).stream()).toList();
    }

    private static Optional<StoredCopy> copy(RecordRow row) {
        if (row.fields().get(Models.VOLUME_REF) instanceof Value.Ref(UUID volume)
                && row.fields().get(Models.DEVICE_KEY) instanceof Value.Bytes(byte[] key)
                && key.length == DeviceId.BYTES) {
            String label = row.fields().get(Models.LABEL) instanceof Value.Text(String text) ? text : "";
            boolean isCopy = new Value.Text(Models.IS_COPY).equals(row.fields().get(Models.VERDICT));
            return Optional.of(new StoredCopy(new VolumeId(volume), DeviceId.of(key), label, isCopy));
        }
        return Optional.empty();
    }
}
