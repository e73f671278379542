package app.holdfast.core.library;

import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.PeerRule;
import app.holdfast.core.peer.PeerStatus;
import app.holdfast.core.peer.PeerStatus.Pending;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredDevice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How this device stands with the others, from what is stored and what goes on now. Lives for one question.
final class SyncQuestions {

    private final CatalogueReader stored;
    private final LibraryQuestions.Surroundings around;
    private final Map<DeviceId, PeerTraffic> traffic;

    SyncQuestions(CatalogueReader stored, LibraryQuestions.Surroundings around) {
        this.stored = stored;
        this.around = around;
        this.traffic = around.sync().network().traffic().get();
    }

    SyncStatus status() {
        List<StoredDevice> others = stored.devices().stream()
                .filter(device -> !device.id().equals(around.presence().self())).toList();
        SyncControl.Rules rules = SyncControl.Rules.read(stored, others);
        List<SyncStatus.Peer> peers = others.stream().map(device -> peer(device, rules)).toList();
        LibraryQuestions.LogSize log = around.log().get();
        return new SyncStatus(state(peers, rules.all()), peers, log.changes(), log.bytes(), stored.conflictCount(),
                SyncControl.shown(rules.all()), percent());
    }

    private SyncStatus.State state(List<SyncStatus.Peer> peers, PeerRule all) {
        if (peers.isEmpty()) {
            return SyncStatus.State.ALONE;
        }
        if (all.paused() || peers.stream().allMatch(peer -> peer.state() == PeerState.PAUSED)) {
            return SyncStatus.State.PAUSED;
        }
        if (peers.stream().noneMatch(SyncStatus.Peer::online)) {
            return SyncStatus.State.OFFLINE;
        }
        boolean busy = peers.stream().anyMatch(peer -> peer.online() && peer.state() != PeerState.UP_TO_DATE);
        return around.sync().backfilling() ? SyncStatus.State.BACKFILLING
                : busy ? SyncStatus.State.CATCHING_UP : SyncStatus.State.READY;
    }

    private Optional<Integer> percent() {
        long most = 0;
        long left = 0;
        for (PeerStatus peer : around.peers().values()) {
            Pending pending = peer.pending();
            most += peer.online() && pending.in() > 0 ? pending.most() : 0;
            left += peer.online() ? pending.in() : 0;
        }
        return left == 0 ? Optional.empty() : new Pending(0, left, most).percent();
    }

    private SyncStatus.Peer peer(StoredDevice device, SyncControl.Rules rules) {
        Optional<PeerStatus> status = Optional.ofNullable(around.peers().get(device.id()));
        Optional<Pending> pending = status.map(PeerStatus::pending);
        boolean online = status.map(PeerStatus::online).orElse(false);
        PeerRule rule = rules.each().getOrDefault(device.id(), PeerRule.NONE);
        PeerState state = status.map(PeerStatus::state).orElse(PeerState.OFFLINE);
        boolean backfilling = state == PeerState.RECEIVING && around.sync().backfilling();
        boolean paused = rule.paused() || rules.all().paused();
        return new SyncStatus.Peer(device.id(), device.name(), online,
                paused ? PeerState.PAUSED : backfilling ? PeerState.BACKFILLING : state,
                pending.map(Pending::out).orElse(0L), pending.map(Pending::in).orElse(0L),
                status.flatMap(PeerStatus::lastSync).or(device::lastSync),
                new SyncStatus.Detail(status.flatMap(PeerStatus::lastSeen).or(device::lastSeen),
                        SyncControl.shown(rule), pending.filter(_ -> online).flatMap(Pending::percent),
                        status.flatMap(PeerStatus::problem), status.map(PeerStatus::twice).orElse(false),
                        traffic.getOrDefault(device.id(), PeerTraffic.NONE)));
    }
}
