package app.holdfast.core.library;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.api.VolumeRow.State;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.PeerStatus;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredDevice;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.store.VolumeQueries.StoredCopy;
import app.holdfast.core.volume.Recognition.Finding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Answers questions about drives. Lives for one question, on its reader thread.
final class DriveQuestions {

    private final CatalogueReader stored;
    private final LibraryQuestions.Surroundings around;
    private final Attached attached;

    DriveQuestions(CatalogueReader stored, LibraryQuestions.Surroundings around) {
        this.stored = stored;
        this.around = around;
        this.attached = around.whereabouts().attached();
    }

    List<VolumeRow> volumes() {
        List<StoredCopy> copies = stored.copies();
        Map<DeviceId, StoredDevice> devices =
                stored.devices().stream().collect(Collectors.toMap(StoredDevice::id, device -> device));
        return stored.volumes().stream().map(volume -> row(volume, copies, devices)).toList();
    }

    private VolumeRow row(StoredVolume volume, List<StoredCopy> all, Map<DeviceId, StoredDevice> devices) {
        Optional<Finding> here = attached.of(volume.id());
        Optional<Path> mountPoint = around.whereabouts().mountPoint(volume);
        List<VolumeRow.Copy> copies = all.stream().filter(copy -> copy.volume().equals(volume.id()))
                .map(copy -> new VolumeRow.Copy(copy.at(), Optional.ofNullable(devices.get(copy.at()))
                        .map(StoredDevice::name).orElseGet(() -> copy.at().shortHex()), copy.label())).toList();
        State state = state(volume, mountPoint.isPresent(), !copies.isEmpty());
        var standing = new VolumeRow.Standing(volume.standing().tracking(), state,
                lastSeen(volume, mountPoint.isPresent(), Optional.ofNullable(devices.get(volume.owner()))),
                volume.standing().note(), here.map(Attached::row), copies,
                volume.standing().away() != 0 || volume.owner().equals(around.presence().self())
                        && volume.standing().tracking() != Tracking.NONE && mountPoint.isEmpty());
        return new VolumeRow(volume.id(), volume.label(), volume.owner(), volume.ownerName(),
                mountPoint.isPresent(), mountPoint, volume.epoch(), volume.totalBytes(),
                Optional.of(volume.fileSystem()).filter(name -> !name.isEmpty()),
                Optional.of(volume.fsUuid()).filter(uuid -> !uuid.isEmpty()), standing);
    }

    private State state(StoredVolume volume, boolean mounted, boolean duplicate) {
        if (duplicate) {
            return State.DUPLICATE;
        }
        if (volume.owner().equals(around.presence().self())) {
            return mounted ? State.OK : State.OFFLINE;
        }
        return mounted || isWithItsOwner(volume) ? State.FOREIGN : State.OFFLINE;
    }

    private boolean isWithItsOwner(StoredVolume volume) {
        return volume.standing().away() == 0 && around.presence().online().contains(volume.owner());
    }

    /// When its device missed it, or else when that device was last heard of.
    private Optional<Instant> lastSeen(StoredVolume volume, boolean mounted, Optional<StoredDevice> owner) {
        if (volume.standing().away() != 0) {
            return Optional.of(Instant.ofEpochMilli(volume.standing().away()));
        }
        if (mounted || isWithItsOwner(volume)) {
            return Optional.empty();
        }
        return owner.flatMap(device -> Optional.ofNullable(around.peers().get(device.id()))
                .flatMap(PeerStatus::lastSeen).or(device::lastSeen));
    }
}
