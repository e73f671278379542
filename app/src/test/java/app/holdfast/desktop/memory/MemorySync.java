package app.holdfast.desktop.memory;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.model.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a [MemoryLibrary] stands with its devices.
public final class MemorySync {

    /// Names the rule for all devices.
    private static final Optional<DeviceId> ALL = Optional.empty();

    public final List<SyncEvent> events = new ArrayList<>();
    public final List<SyncConflict> conflicts = new ArrayList<>();
    public final List<Checkup.Finding> findings = new ArrayList<>();
    public Throughput throughput = Throughput.NONE;
    public Optional<Integer> percent = Optional.empty();
    private final Map<Optional<DeviceId>, SyncStatus.Rule> rules = new HashMap<>();

    SyncStatus status(List<DeviceRow> devices, SyncStatus.State state) {
        boolean allPaused = rule(ALL).paused();
        List<SyncStatus.Peer> peers = devices.stream().filter(device -> !device.self()).map(this::peer).toList();
        long bytes = peers.isEmpty() ? 0 : 412_000;
        return new SyncStatus(allPaused ? SyncStatus.State.PAUSED : state, peers, peers.isEmpty() ? 0 : 1_824, bytes,
                conflicts.size(), rule(ALL), percent);
    }

    private SyncStatus.Peer peer(DeviceRow device) {
        SyncStatus.Rule rule = rule(Optional.of(device.id()));
        SyncStatus.PeerState state = rule.paused() || rule(ALL).paused() ? SyncStatus.PeerState.PAUSED
                : !device.online() ? SyncStatus.PeerState.OFFLINE
                : device.pendingIn() > 0 ? SyncStatus.PeerState.BACKFILLING
                : device.pendingOut() > 0 ? SyncStatus.PeerState.SENDING : SyncStatus.PeerState.UP_TO_DATE;
        PeerTraffic traffic = !device.online() ? PeerTraffic.NONE : new PeerTraffic(
                new PeerTraffic.Way(18_400_000, 912, 804, 0, 1_250_000),
                new PeerTraffic.Way(2_100_000, 340, 120, 4_000, 84_000), Optional.of(Duration.ofMillis(3)),
                Optional.of(new PeerTraffic.Latency(120, Duration.ofMillis(4), Duration.ofMillis(19))));
        return new SyncStatus.Peer(device.id(), device.name(), device.online(), state, device.pendingOut(),
                device.pendingIn(), device.lastSeen(), new SyncStatus.Detail(device.lastSeen(), rule,
                percent.filter(_ -> device.pendingIn() > 0), Optional.empty(), false, traffic));
    }

    private SyncStatus.Rule rule(Optional<DeviceId> device) {
        return rules.getOrDefault(device, SyncStatus.Rule.NONE);
    }

    void pause(Optional<DeviceId> device, boolean paused) {
        rules.put(device, new SyncStatus.Rule(paused, rule(device).bytesPerSecond()));
    }

    void limit(Command.LimitSync limit) {
        rules.put(limit.device(), new SyncStatus.Rule(rule(limit.device()).paused(), limit.bytesPerSecond()));
    }
}
