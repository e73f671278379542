package app.holdfast.desktop.cli;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.model.DeviceId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of what goes on between the devices.
///
/// @see Shapes
final class SyncShapes {

    private SyncShapes() {}

    static ObjectNode status(SyncStatus status) {
        ObjectNode document = Shapes.object().put("state", Shapes.word(status.state()));
        document.put("percent", status.percent().orElse(null));
        document.put("paused", status.rule().paused());
        document.put("bytesPerSecond", status.rule().bytesPerSecond().orElse(null));
        document.set("peers", Shapes.list(status.peers(), SyncShapes::peer));
        document.set("log", Shapes.object().put("changes", status.logChanges()).put("bytes", status.logBytes()));
        return document.put("conflicts", status.conflicts());
    }

    private static ObjectNode peer(SyncStatus.Peer peer) {
        SyncStatus.Detail detail = peer.detail();
        ObjectNode document = Shapes.named(peer.id().hex(), peer.name())
                .put("online", peer.online()).put("state", Shapes.word(peer.state()))
                .put("percent", detail.percent().orElse(null))
                .put("pendingOut", peer.pendingOut()).put("pendingIn", peer.pendingIn())
                .put("lastSync", peer.lastSync().map(Object::toString).orElse(null))
                .put("lastSeen", detail.lastSeen().map(Object::toString).orElse(null))
                .put("paused", detail.rule().paused())
                .put("bytesPerSecond", detail.rule().bytesPerSecond().orElse(null))
                .put("problem", detail.problem().orElse(null)).put("twice", detail.twice());
        PeerTraffic traffic = detail.traffic();
        document.set("sent", way(traffic.sent()));
        document.set("received", way(traffic.received()));
        document.put("roundTripMicros", micros(traffic.roundTrip()));
        document.set("ackMicros", Shapes.object()
                .put("count", traffic.latency().map(PeerTraffic.Latency::count).orElse(0L))
                .put("p50", micros(traffic.latency().map(PeerTraffic.Latency::half)))
                .put("p99", micros(traffic.latency().map(PeerTraffic.Latency::most))));
        return document;
    }

    private static ObjectNode way(PeerTraffic.Way way) {
        return Shapes.object().put("bytes", way.bytes()).put("messages", way.messages()).put("groups", way.groups())
                .put("rows", way.rows()).put("bytesPerSecond", way.bytesPerSecond());
    }

    private static @Nullable Long micros(Optional<Duration> time) {
        return time.map(some -> TimeUnit.NANOSECONDS.toMicros(some.toNanos())).orElse(null);
    }

    /// @param names of devices that are known
    static ObjectNode event(SyncEvent event, Map<DeviceId, String> names) {
        ObjectNode details = Shapes.object();
        event.details().forEach(details::put);
        ObjectNode document = Shapes.object().put("id", event.id()).put("time", event.time().toString())
                .put("level", Shapes.word(event.level())).put("kind", Shapes.word(event.kind()))
                .put("device", event.device().map(DeviceId::hex).orElse(null))
                .put("deviceName", event.device().map(names::get).orElse(null))
                .put("conversation", event.conversation() == 0 ? null : "%016x".formatted(event.conversation()));
        document.set("details", details);
        return document;
    }

    static ObjectNode conflict(SyncConflict conflict) {
        ObjectNode document = Shapes.object().put("model", conflict.about().model())
                .put("record", conflict.about().record().toString()).put("title", conflict.title())
                .put("field", conflict.about().name());
        document.set("kept", version(conflict.kept()));
        document.set("others", Shapes.list(conflict.others(), SyncShapes::version));
        return document;
    }

    private static ObjectNode version(SyncConflict.Version version) {
        return Shapes.object().put("id", version.id()).put("value", version.value())
                .put("device", version.device().map(DeviceId::hex).orElse(null))
                .put("deviceName", version.deviceName().orElse(null)).put("time", version.time().toString());
    }

    /// @param left what is still wrong after a repair
    static ObjectNode checkup(Checkup found, Checkup left, boolean repaired) {
        ObjectNode document = Shapes.object().put("checks", found.checks());
        document.set("findings", Shapes.list(found.findings(), SyncShapes::finding));
        document.put("repaired", repaired);
        document.set("left", Shapes.list(left.findings(), SyncShapes::finding));
        document.set("peers", Shapes.list(found.peers(), peer -> Shapes.object().put("id", peer.id().hex())
                .put("name", peer.name()).put("standing", Shapes.word(peer.standing()))));
        return document;
    }

    private static ObjectNode finding(Checkup.Finding finding) {
        return Shapes.object().put("code", Shapes.word(finding.code())).put("count", finding.count())
                .put("severity", Shapes.word(finding.severity())).put("repair", Shapes.word(finding.repair()))
                .put("example", finding.example());
    }
}
