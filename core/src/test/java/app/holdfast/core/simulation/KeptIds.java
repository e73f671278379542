package app.holdfast.core.simulation;

import app.holdfast.core.change.Claim;
import app.holdfast.core.store.MemoryContent;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is to be found again under the ids that it had, on a drive whose holder lost its library (ADR 248): the files
/// of which every cut knows that anybody held then, as the lost library did. A device that is given a cut has no means
/// to know of a later one that somebody else has, so what only some of them know may get other ids.
///
/// Nothing is to be found when nobody who stays held a cut, when a backup may bring back an earlier one, or when
/// another device claimed the drive.
final class KeptIds {

    private final Device device;
    private final Drive drive;
    private final Claim claim;
    /// By path.
    private final Map<String, String> ids;
    /// Those that held a cut, and are here.
    private final Set<Device> witnesses;

    private KeptIds(Drive drive, Claim claim, Map<String, String> ids, Set<Device> witnesses) {
        this.device = drive.holder;
        this.drive = drive;
        this.claim = claim;
        this.ids = ids;
        this.witnesses = witnesses;
    }

    /// To be called before the holder loses its library.
    static Optional<KeptIds> of(Drive drive, Fleet fleet) {
        MemoryContent content = drive.holder.store().content();
        Optional<Holding> own = holding(content, drive).filter(Holding::own);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Claim claim = own.get().claim();
        Map<String, String> ids = ids(content, drive);
        ids.keySet().retainAll(drive.files().keySet());
        var witnesses = new HashSet<Device>();
        for (Device other : fleet.devices) {
            MemoryContent theirs = other.store().content();
            if (other != drive.holder && holding(theirs, drive).filter(held -> held.claim().equals(claim)
                    && held.servable()).isPresent()) {
                witnesses.add(other);
                ids.entrySet().retainAll(ids(theirs, drive).entrySet());
            }
        }
        return witnesses.isEmpty() || ids.isEmpty() ? Optional.empty()
                : Optional.of(new KeptIds(drive, claim, ids, witnesses));
    }

    private static Optional<Holding> holding(MemoryContent content, Drive drive) {
        return content.streams().stream().filter(held -> held.claim().subject().equals(drive.volume.value()))
                .findFirst();
    }

    private static Map<String, String> ids(MemoryContent content, Drive drive) {
        var ids = new HashMap<String, String>();
        content.owned().getOrDefault(drive.volume.value(), List.of()).forEach(row -> Expected.entry(row, ids));
        return ids;
    }

    /// A file is not on the drive any more.
    void isGone(String path) {
        ids.remove(path);
    }

    /// Another device does not belong any more, or has lost its library too.
    void forgets(Device other) {
        witnesses.remove(other);
        if (witnesses.isEmpty()) {
            ids.clear();
        }
    }

    /// To be called when the holder has looked at all of the drive and everybody holds the same.
    void judge(World world) {
        if (ids.isEmpty() || !world.oracle().isOnlyClaimedBy(device.id, claim)) {
            return;
        }
        world.happened(Happening.IDS_KEPT);
        Map<String, String> now = ids(device.store().content(), drive);
        ids.forEach((path, id) -> {
            if (!id.equals(now.get(path))) {
                world.findings().add("IDS", device + " had " + path + " as " + id + " before it lost its library, "
                        + witnesses + " knew that, and now it is " + now.get(path));
            }
        });
    }
}
