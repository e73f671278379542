package app.holdfast.core.library;

import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.PeerStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the peers are doing now, for questions.
///
/// @param relink has all conversations begun anew
record Network(Supplier<List<PeerStatus>> statuses, Supplier<Map<DeviceId, PeerTraffic>> traffic,
        Supplier<Throughput> throughput, Runnable relink) {

    static final Network NONE = new Network(List::of, Map::of, () -> Throughput.NONE, () -> { });
}
