package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.LOCATION_HERE;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;
import static app.holdfast.core.store.catalogue.Tables.VOLUME_HERE;

import app.holdfast.core.api.Topic;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is said of volumes: by their owners in the volume's own row, by whoever has a copy of one, by a person.
/// Confined to the writer.
public final class VolumeRecords {

    /// What an owner says of a volume.
    ///
    /// @param away   milliseconds since 1970 when the owner missed it, 0 while it is there
    /// @param writes of the newest marker; 0 when any will do
    public record Said(String label, String fileSystem, String fsUuid, long totalBytes, String serial,
            Tracking tracking, long away, long writes, long nonce) {

        public Said away(long millis) {
            return new Said(label, fileSystem, fsUuid, totalBytes, serial, tracking, millis, writes, nonce);
        }

        /// @param count 0 has any marker do
        public Said marked(long count, long fresh) {
            return new Said(label, fileSystem, fsUuid, totalBytes, serial, tracking, away, count, fresh);
        }
    }

    /// A location that lies on a volume.
    public record Placed(LocationId id, String name, byte[] path) {}

    private final Transaction tx;

    VolumeRecords(Transaction tx) {
        this.tx = tx;
    }

    /// Whether this device owns the volume's stream.
    public boolean isOwn(VolumeId id) {
        return tx.streams().holding(id.value()).filter(OwnedStreams.Holding::own).isPresent();
    }

    /// What its owner says; empty when that has not arrived.
    public Optional<Said> said(VolumeId id) {
        return tx.sql().selectFrom(VOLUME).where(VOLUME.ID.eq(Ids.bytes(id.value()))).fetchOptional()
                .map(row -> new Said(row.getLabel(), row.getFileSystem(), row.getFsUuid(), row.getTotalBytes(),
                        row.getSerial(), tracking(row.getTracking()), row.getAway(), row.getWrites(),
                        row.getNonce()));
    }

    /// What all volumes are called.
    public Set<String> labels() {
        return tx.sql().select(VOLUME.LABEL).from(VOLUME).fetchSet(VOLUME.LABEL);
    }

    static Tracking tracking(long number) {
        Tracking[] all = Tracking.values();
        return all[Math.clamp(number, 0, all.length - 1)];
    }

    /// Says it of a volume of ours: one row, on every device. Nothing is written when it is said already.
    public void say(VolumeId id, Said said) {
        if (said(id).equals(Optional.of(said))) {
            return;
        }
        StreamPen pen = tx.pen(id.value());
        var row = tx.sql().newRecord(VOLUME);
        row.setId(Ids.bytes(id.value()));
        row.setClaim(pen.claim());
        row.setSequence(pen.next());
        row.setLabel(said.label());
        row.setFileSystem(said.fileSystem());
        row.setFsUuid(said.fsUuid());
        row.setTotalBytes(said.totalBytes());
        row.setSerial(said.serial());
        row.setTracking((long) said.tracking().ordinal());
        row.setAway(said.away());
        row.setWrites(said.writes());
        row.setNonce(said.nonce());
        tx.sql().insertInto(VOLUME).set(row).onConflict(VOLUME.ID).doUpdate().set(row).execute();
        tx.touch(Topic.LOCATIONS, Topic.ENTRIES);
    }

    /// Takes a filesystem that is like the volume's for it; the next scan asks sooner whether what is missing is gone.
    public void isLikely(VolumeId id, byte[] mountPoint, String recognised) {
        isHere(id, mountPoint, recognised);
        tx.state().prepared().update("update volume_here set guessed = 1 where volume = ?", Ids.bytes(id.value()));
    }

    /// Notes where this device has the volume, and by what its filesystem is known again.
    public void isHere(VolumeId id, byte[] mountPoint, String recognised) {
        tx.sql().insertInto(VOLUME_HERE, VOLUME_HERE.VOLUME, VOLUME_HERE.MOUNT_POINT, VOLUME_HERE.RECOGNISED)
                .values(Ids.bytes(id.value()), mountPoint, recognised).onConflict(VOLUME_HERE.VOLUME).doUpdate()
                .set(VOLUME_HERE.MOUNT_POINT, mountPoint).set(VOLUME_HERE.RECOGNISED, recognised).execute();
        tx.touch(Topic.LOCATIONS);
    }

    /// The locations on a volume, by name.
    public List<Placed> locations(VolumeId id) {
        return tx.sql().select(LOCATION.ID, LOCATION.NAME, LOCATION.PATH).from(LOCATION).join(VOLUME)
                .on(VOLUME.KEY.eq(LOCATION.VOLUME)).where(VOLUME.ID.eq(Ids.bytes(id.value())))
                .orderBy(LOCATION.NAME, LOCATION.ID)
                .fetch(row -> new Placed(new LocationId(Ids.uuid(row.value1())), row.value2(), row.value3()));
    }

    /// Takes a volume of ours out, with its locations and their entries, on every device.
    public void remove(VolumeId id) {
        locations(id).forEach(location -> tx.own().removeLocation(location.id(), id));
        tx.pen(id.value()).remove(Models.VOLUME, id.value());
        new RowRemover(tx).remove(Models.VOLUME, id.value());
        tx.sql().deleteFrom(VOLUME_HERE).where(VOLUME_HERE.VOLUME.eq(Ids.bytes(id.value()))).execute();
        tx.touch(Topic.LOCATIONS, Topic.ENTRIES);
    }

    /// Has the locations of a volume be looked at in full again before what is missing there counts as gone (S4).
    public void unscanned(VolumeId id) {
        locations(id).forEach(location -> tx.sql().deleteFrom(LOCATION_HERE)
                .where(LOCATION_HERE.LOCATION.eq(Ids.bytes(location.id().value()))).execute());
    }

    /// Says that a device has a drive which is a copy of this volume, or that it is not known which of two is.
    public void flagCopy(VolumeId volume, DeviceId at, String label, Optional<String> verdict) {
        Model model = tx.state().models().model(Models.VOLUME_COPY);
        UUID id = copyId(model, volume, at);
        var before = tx.records().find(model, id);
        Value wanted = verdict.<Value>map(Value.Text::new).orElse(Value.NOTHING);
        if (before.isPresent() && (verdict.isEmpty() || before.get().value(Models.VERDICT).equals(wanted))) {
            return;
        }
        Map<String, Value> fields = new HashMap<>(Map.of(Models.VOLUME_REF, new Value.Ref(volume.value()),
                Models.DEVICE_KEY, new Value.Bytes(at.bytes()), Models.LABEL, new Value.Text(label)));
        verdict.ifPresent(word -> fields.put(Models.VERDICT, new Value.Text(word)));
        tx.records().put(model, id, fields);
        tx.touch(Topic.LOCATIONS);
    }

    /// What was said of a device's copy is no longer so.
    public void dropCopy(VolumeId volume, DeviceId at) {
        Model model = tx.state().models().model(Models.VOLUME_COPY);
        UUID id = copyId(model, volume, at);
        if (tx.records().find(model, id).isPresent()) {
            tx.records().delete(model, id);
            tx.touch(Topic.LOCATIONS);
        }
    }

    private static UUID copyId(Model model, VolumeId volume, DeviceId at) {
        return model.naturalId(Map.of(Models.VOLUME_REF, new Value.Ref(volume.value()),
                Models.DEVICE_KEY, new Value.Bytes(at.bytes())));
    }
}
