package app.holdfast.core.library;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.api.Topic;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.PeerEvent;
import app.holdfast.core.peer.PeerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Watches the peers: stores when each was seen, tells moments, notes what happened. On the engines' threads.
final class SyncWatch {

    private final OpenLibrary library;
    /// Devices with which this one had the same since they linked.
    private final Set<DeviceId> equal = ConcurrentHashMap.newKeySet();

    /// Whether somebody said that another program is this device.
    private final AtomicBoolean isTwice = new AtomicBoolean();

    SyncWatch(OpenLibrary library) {
        this.library = library;
    }

    void changed(PeerStatus before, PeerStatus after) {
        library.touched(Topic.DEVICES, Topic.SYNC);
        boolean upToDate = after.state() == PeerState.UP_TO_DATE && equal.add(after.device());
        if (upToDate) {
            library.timeline().note(Kind.UP_TO_DATE, after.device(), Map.of());
        }
        if (upToDate || before.online() != after.online()) {
            remember(after);
        }
        if (before.online() != after.online()) {
            tellWhoComesAndGoes(after);
        }
    }

    private void remember(PeerStatus peer) {
        long lastSeen = peer.lastSeen().map(Instant::toEpochMilli).orElse(0L);
        long lastSync = peer.lastSync().map(Instant::toEpochMilli).orElse(0L);
        Unawaited.run("noting when a device was seen", library.store().writer().submit(tx -> {
            tx.own().notePeer(peer.device(), List.of(), lastSeen, lastSync);
            return true;
        }));
    }

    private void tellWhoComesAndGoes(PeerStatus peer) {
        library.withName(peer.device(), name -> library.moments().tell(peer.online()
                ? new CoreEvent.DeviceOnline(peer.device(), name) : new CoreEvent.DeviceOffline(peer.device(), name)));
    }

    void happened(PeerEvent event) {
        DeviceId device = event.device();
        Map<String, String> why = event.why().isEmpty() ? Map.of() : Map.of("reason", event.why());
        switch (event.kind()) {
            case LINKED -> {
                equal.remove(device);
                library.timeline().talks(device, event.talk());
                library.timeline().note(Kind.LINKED, device, why);
            }
            case LOST -> parted(Kind.LINK_LOST, device, why);
            case BROKEN -> parted(Kind.BROKEN, device, why);
            case PAUSED_THERE -> parted(Kind.PAUSED_THERE, device, Map.of());
            case REFUSED -> library.timeline().note(Kind.REFUSED, device, why);
            case TWICE -> {
                library.timeline().note(Kind.TWICE, device, Map.of());
                library.withName(device, name -> library.moments().tell(new CoreEvent.IdentityTwice(device, name)));
            }
            case TWICE_HERE -> {
                parted(Kind.BROKEN, device, why);
                if (!isTwice.getAndSet(true)) {
                    DeviceId self = library.self();
                    library.timeline().note(Kind.TWICE, self, Map.of());
                    library.withName(self, name -> library.moments().tell(new CoreEvent.IdentityTwice(self, name)));
                }
            }
        }
    }

    private void parted(Kind kind, DeviceId device, Map<String, String> why) {
        library.timeline().note(kind, device, why);
        library.timeline().talks(device, 0);
    }
}
