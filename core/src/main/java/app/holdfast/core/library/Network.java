package app.holdfast.core.library;

import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.PeerStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What the peers are doing now, for questions.
///
/// @param relink has all conversations begun anew
record Network(Supplier<List<PeerStatus>> statuses, Supplier<Map<DeviceId, PeerTraffic>> traffic,
        Supplier<Throughput> throughput, Runnable relink) {

    static final Network NONE = new Network(List::of, Map::of, () -> Throughput.NONE, () -> { });

    /// Devices that are linked.
    Set<DeviceId> online() {
        return statuses.get().stream().filter(PeerStatus::online).map(PeerStatus::device).collect(Collectors.toSet());
    }

    /// Whether one of them has something that is not here.
    boolean isReceiving() {
        return statuses.get().stream().anyMatch(peer -> peer.state() == SyncStatus.PeerState.RECEIVING);
    }
}
