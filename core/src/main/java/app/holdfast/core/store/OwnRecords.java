package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.PEER;
import static app.holdfast.core.store.catalogue.Tables.SETTING;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;
import static app.holdfast.core.store.catalogue.Tables.VOLUME_HERE;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Part;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// The few rows that this device writes about its own drives and folders, and what it alone knows. Confined to the
/// writer.
public final class OwnRecords {

    /// What is said of a volume.
    ///
    /// @param recognised by what it is known again on this device
    public record VolumeFacts(String label, String fileSystem, String fsUuid, long totalBytes, String recognised) {}

    private final Transaction tx;

    OwnRecords(Transaction tx) {
        this.tx = tx;
    }

    /// The volume that this device has known by this before.
    public Optional<VolumeId> volumeRecognisedBy(String recognised) {
        return tx.sql().select(VOLUME_HERE.VOLUME).from(VOLUME_HERE).where(VOLUME_HERE.RECOGNISED.eq(recognised))
                .limit(1).fetchOptional(row -> new VolumeId(Ids.uuid(row.value1())));
    }

    /// Claims a volume that nobody has and says what it is.
    public void addVolume(VolumeId id, VolumeFacts facts) {
        tx.streams().claim(id.value());
        StreamPen pen = tx.pen(id.value());
        Prepared prepared = tx.state().prepared();
        prepared.update("insert into volume (id, claim, sequence, label, file_system, fs_uuid, total_bytes)"
                + " values (?, ?, ?, ?, ?, ?, ?)", Ids.bytes(id.value()), pen.claim(), pen.next(), facts.label(),
                facts.fileSystem(), facts.fsUuid(), facts.totalBytes());
        prepared.update("insert into volume_here (volume, mount_point, recognised) values (?, ?, ?)",
                Ids.bytes(id.value()), new byte[0], facts.recognised());
        tx.touch(Topic.LOCATIONS);
    }

    /// @param path from the volume's top, in the bytes of its filesystem
    public void addLocation(LocationId id, VolumeId volume, String name, byte[] path) {
        StreamPen pen = tx.pen(volume.value());
        tx.state().prepared().update("insert into location (id, claim, sequence, volume, name, path)"
                + " values (?, ?, ?, (select key from volume where id = ?), ?, ?)", Ids.bytes(id.value()), pen.claim(),
                pen.next(), Ids.bytes(volume.value()), name, path);
        tx.touch(Topic.LOCATIONS);
    }

    /// Notes that a scan of a location of ours has come to its end. When that is so for all of the volume's, under
    /// the claim it stands on, what is not in its stream is not there (S4).
    ///
    /// @return whether the whole volume is known now
    public boolean scanned(LocationId id, VolumeId volume) {
        long claim = tx.pen(volume.value()).claim();
        Prepared prepared = tx.state().prepared();
        prepared.update("insert into location_here (location, scanned_under) values (?, ?)"
                + " on conflict (location) do update set scanned_under = excluded.scanned_under",
                Ids.bytes(id.value()), claim);
        boolean missing = prepared.finds("select 1 from location l join volume v on v.key = l.volume where v.id = ?"
                + " and l.id not in (select location from location_here where scanned_under = ?)",
                Ids.bytes(volume.value()), claim);
        if (!missing) {
            tx.streams().assertComplete(volume.value());
        }
        return !missing;
    }

    /// Takes a location of ours out, with its entries, on every device.
    public void removeLocation(LocationId id, VolumeId volume) {
        tx.pen(volume.value()).remove(Models.LOCATION, id.value());
        new RowRemover(tx).remove(Models.LOCATION, id.value());
        tx.touch(Topic.LOCATIONS, Topic.ENTRIES);
    }

    /// Keeps the entries of a location of another device, or does without them (ADR 72). The location itself is always
    /// known; entries that are not kept go at once, those that are to be kept come with the next conversation.
    ///
    /// @throws CoreException.NotFound when there is no such location
    /// @throws CoreException.Refused when this device owns its volume: whoever owns a stream has all of it
    public void keepEntries(LocationId id, boolean kept) throws CoreException {
        var found = tx.sql().select(LOCATION.KEY, VOLUME.ID).from(LOCATION).join(VOLUME)
                .on(VOLUME.KEY.eq(LOCATION.VOLUME)).where(LOCATION.ID.eq(Ids.bytes(id.value()))).fetchOptional()
                .orElseThrow(() -> new CoreException.NotFound("location", id.toString()));
        UUID volume = Ids.uuid(found.value2());
        OwnedStreams streams = tx.streams();
        var holding = streams.holding(volume)
                .orElseThrow(() -> new CoreException.NotFound("location", id.toString()));
        if (holding.own() || streams.isLacking(volume)) {
            throw new CoreException.Refused("a device keeps all entries of its own drives");
        }
        if (kept == !tx.state().scope().without().contains(id.value())) {
            return;
        }
        if (kept) {
            tx.state().scope().takeIn(id.value());
            streams.loseCut(volume);
        } else {
            boolean exact = holding.mark() >= 0 && holding.received() == holding.mark();
            List<Part> parts = exact ? StreamHashes.parts(new Leaves(tx).of(volume)) : List.of();
            tx.sql().execute("delete from entry where location = ?", found.value1());
            tx.state().scope().leaveOut(id.value(),
                    parts.stream().filter(part -> part.location().equals(id.value())).toList());
            tx.claims().streams().changed();
        }
        tx.touch(Topic.LOCATIONS, Topic.ENTRIES, Topic.SYNC);
    }

    /// Says this device's new name.
    public void renameDevice(String name) {
        LibraryStore.writeDevice(tx, tx.state().device(), name);
    }

    /// Notes where and when a device was met.
    ///
    /// @param addresses `host:port`; empty keeps what is noted
    /// @param lastSeen  milliseconds since 1970; 0 keeps what is noted
    /// @param lastSync  the same
    public void notePeer(DeviceId device, List<String> addresses, long lastSeen, long lastSync) {
        DSLContext sql = tx.sql();
        peerRow(device);
        var peer = sql.selectFrom(PEER).where(PEER.DEVICE.eq(device.bytes())).fetchSingle();
        if (!addresses.isEmpty()) {
            peer.setAddresses(String.join(" ", addresses));
        }
        if (lastSeen > 0) {
            peer.setLastSeen(lastSeen);
        }
        if (lastSync > 0) {
            peer.setLastSync(lastSync);
        }
        peer.update();
        tx.touch(Topic.DEVICES);
    }

    /// Whether anything is to be exchanged with a device.
    public void pausePeer(DeviceId device, boolean paused) {
        peerRow(device);
        tx.sql().update(PEER).set(PEER.PAUSED, paused ? 1L : 0L).where(PEER.DEVICE.eq(device.bytes())).execute();
        tx.touch(Topic.DEVICES, Topic.SYNC);
    }

    /// @param bytesPerSecond at most, each way; 0 for as many as go
    public void limitPeer(DeviceId device, long bytesPerSecond) {
        peerRow(device);
        tx.sql().update(PEER).set(PEER.RATE, bytesPerSecond).where(PEER.DEVICE.eq(device.bytes())).execute();
        tx.touch(Topic.DEVICES, Topic.SYNC);
    }

    private void peerRow(DeviceId device) {
        tx.sql().insertInto(PEER, PEER.DEVICE, PEER.ADDRESSES).values(device.bytes(), "").onConflictDoNothing()
                .execute();
    }

    /// A setting of this device alone.
    public void set(String name, String value) {
        tx.sql().insertInto(SETTING, SETTING.NAME, SETTING.VALUE).values(name, value)
                .onConflict(SETTING.NAME).doUpdate()
                .set(SETTING.VALUE, value).execute();
    }
}
