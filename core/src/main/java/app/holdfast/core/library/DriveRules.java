package app.holdfast.core.library;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.store.VolumeQueries.StoredCopy;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Recognition;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What follows from the drives that are mounted here: pure.
///
/// A drive is claimed only by whoever has it in its hands, only when its owner is not known to have it too, and not
/// while a person has to say which of two drives is the copy (ADR 112).
final class DriveRules {

    /// What is to be done about one volume.
    enum Step {
        /// It is ours and here: take it in if that has not been done since it came.
        KEEP,
        /// It is ours and not here.
        MISS,
        /// It is another device's, here, and is to be ours.
        CLAIM,
        /// The same, but a person is to say so.
        ASK,
        /// The drive here, or the one its owner has, is a copy.
        FLAG,
        /// The drive here is a copy, as a person said: it becomes a volume of its own.
        PART,
        NOTHING
    }

    /// How things are around this device.
    ///
    /// @param online  other devices that are connected
    /// @param members all that belong, this one too
    /// @param atOnce  whether drives are claimed without asking
    record Around(DeviceId self, Set<DeviceId> online, Set<DeviceId> members, boolean atOnce) {}

    private DriveRules() {
    }

    static Recognition.Known known(StoredVolume volume) {
        return new Recognition.Known(volume.id(), volume.standing().tracking(), volume.fsUuid(),
                volume.standing().serial(), volume.totalBytes(), volume.standing().writes(),
                volume.standing().nonce());
    }

    /// The drive that is the volume; empty when none is, or there are two.
    static Optional<Finding> here(VolumeId volume, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.volume().equals(Optional.of(volume))
                && (finding.outcome() == Outcome.HERE || finding.outcome() == Outcome.DAMAGED)).findFirst();
    }

    /// The drives that say they are the volume, and are not or not alone.
    static List<Finding> copies(VolumeId volume, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.volume().equals(Optional.of(volume))
                && finding.outcome() == Outcome.COPY).toList();
    }

    /// @param copies of whatever volume
    static Step step(StoredVolume volume, List<Finding> findings, List<StoredCopy> copies, Around around) {
        if (volume.standing().tracking() == Tracking.NONE) {
            return Step.NOTHING;
        }
        List<StoredCopy> flagged = copies.stream().filter(copy -> copy.volume().equals(volume.id())).toList();
        Optional<StoredCopy> ownFlag = flagged.stream().filter(copy -> copy.at().equals(around.self())).findFirst();
        Optional<Finding> here = here(volume.id(), findings);
        List<Finding> suspects = copies(volume.id(), findings);
        boolean isSentence = ownFlag.filter(StoredCopy::isCopy).isPresent();
        if (isSentence && (here.isPresent() ? suspects.isEmpty() : suspects.size() == 1)) {
            return Step.PART;
        }
        if (!suspects.isEmpty()) {
            return Step.FLAG;
        }
        boolean own = volume.owner().equals(around.self());
        if (own) {
            return here.isPresent() ? Step.KEEP : Step.MISS;
        }
        if (here.isEmpty()) {
            return Step.NOTHING;
        }
        return foreign(volume, ownFlag.isPresent(), flagged, around);
    }

    private static Step foreign(StoredVolume volume, boolean ownFlag, List<StoredCopy> flagged, Around around) {
        boolean ownerHasIt = volume.standing().away() == 0 && around.members().contains(volume.owner());
        if (ownerHasIt && (around.online().contains(volume.owner()) || ownFlag)) {
            return Step.FLAG;
        }
        boolean othersFlag = flagged.stream().anyMatch(copy -> !copy.at().equals(around.self()));
        if (othersFlag) {
            return Step.NOTHING;
        }
        return around.atOnce() ? Step.CLAIM : Step.ASK;
    }

    /// The filesystem of a volume of ours that nobody tracks and that this device does not know again, as it has lost
    /// its library: one that is like it, if no other is, no other volume is like that, and none is known by it.
    static Optional<MountedVolume> recognised(StoredVolume volume, List<StoredVolume> all, List<Finding> findings,
            DeviceId self) {
        List<MountedVolume> alike = findings.stream().map(Finding::mount)
                .filter(mount -> isLost(volume, self) && isLike(volume, mount))
                .filter(mount -> all.stream().noneMatch(other ->
                        other.recognised().equals(Optional.of(mount.recognition()))
                                || !other.id().equals(volume.id()) && isLost(other, self) && isLike(other, mount)))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }

    private static boolean isLost(StoredVolume volume, DeviceId self) {
        return volume.owner().equals(self) && volume.standing().tracking() == Tracking.NONE
                && volume.recognised().isEmpty();
    }

    /// Where filesystems have no ids, all that is known of them has to be the same.
    private static boolean isLike(StoredVolume volume, MountedVolume mount) {
        return volume.fsUuid().equals(mount.fsUuid()) && volume.fileSystem().equals(mount.fileSystem())
                && (!volume.fsUuid().isEmpty() || volume.totalBytes() == mount.totalBytes()
                        && volume.label().equals(mount.shownName()));
    }

    /// Whether a person has to say first which of several drives is the volume.
    static boolean isFlagged(VolumeId volume, List<StoredCopy> copies) {
        return copies.stream().anyMatch(copy -> copy.volume().equals(volume));
    }

    /// What this device said of copies here that is not so any more.
    static List<VolumeId> obsolete(List<StoredVolume> volumes, List<StoredCopy> copies, List<Finding> findings,
            Around around) {
        List<VolumeId> obsolete = new ArrayList<>();
        for (StoredCopy copy : copies) {
            if (copy.at().equals(around.self())) {
                boolean still = volumes.stream().filter(volume -> volume.id().equals(copy.volume()))
                        .map(volume -> step(volume, findings, copies, around))
                        .anyMatch(step -> step == Step.FLAG || step == Step.PART);
                if (!still) {
                    obsolete.add(copy.volume());
                }
            }
        }
        return obsolete;
    }
}
