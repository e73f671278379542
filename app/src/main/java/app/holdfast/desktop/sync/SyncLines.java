package app.holdfast.desktop.sync;

import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the page says, line by line, in a person's words. Decides nothing and changes nothing.
final class SyncLines {

    /// Milliseconds from which on seconds are shown.
    private static final long SECONDS_FROM_MILLIS = 10_000;

    private final Words words;

    SyncLines(Words words) {
        this.words = words;
    }

    /// One of the facts at the top.
    ///
    /// @param fraction 0 to 1 for a bar below; negative for none
    record Fact(String name, String value, String detail, double fraction) {}

    /// One device.
    record PeerLine(DeviceId id, String name, Peer state, String toSend, String toGet, String last, String detail,
            boolean paused, String spoken) {}

    /// @param badge    classes of the badge that holds the word
    /// @param fraction 0 to 1 for a bar; negative for none
    record Peer(String word, String badge, double fraction) {}

    /// One field that was changed on two devices.
    ///
    /// @param more how many other values there are beside the one shown; empty for none
    record ConflictLine(SyncConflict conflict, String title, String field, Value kept, Value other, String more) {}

    record Value(String who, String value) {}

    record EventLine(long id, String time, Dot.State mark, String text) {}

    List<Fact> facts(SyncStatus status) {
        long online = status.peers().stream().filter(SyncStatus.Peer::online).count();
        long waiting = status.peers().stream().mapToLong(SyncStatus.Peer::pendingOut).sum();
        long waitingFor = status.peers().stream().filter(peer -> peer.pendingOut() > 0).count();
        Optional<PeerTraffic.Latency> slowest = status.peers().stream()
                .flatMap(peer -> peer.detail().traffic().latency().stream())
                .max(Comparator.comparing(PeerTraffic.Latency::half));
        return List.of(
                new Fact(words.get(Text.SYNC_STATE), words.get(state(status.state())), status.rule().bytesPerSecond()
                        .map(rate -> words.get(Text.SYNC_LIMITED, words.size(rate)))
                        .orElseGet(() -> words.get(Text.SYNC_STATE_DETAIL, online, status.peers().size())),
                        fraction(status.percent())),
                new Fact(words.get(Text.SYNC_WAITING), words.count(waiting),
                        words.get(Text.SYNC_WAITING_FOR, waitingFor), -1),
                new Fact(words.get(Text.SYNC_LOG), words.size(status.logBytes()),
                        words.get(Text.SYNC_LOG_CHANGES, status.logChanges()), -1),
                new Fact(words.get(Text.SYNC_DELAY), slowest.map(latency -> time(latency.half())).orElse("–"),
                        slowest.map(latency -> words.get(Text.SYNC_DELAY_HALF, time(latency.most())))
                                .orElseGet(() -> words.get(Text.SYNC_DELAY_NONE)), -1),
                new Fact(words.get(Text.SYNC_CONFLICTS), words.count(status.conflicts()),
                        words.get(status.conflicts() == 0 ? Text.SYNC_CONFLICTS_NONE : Text.SYNC_CONFLICTS_LOOK), -1));
    }

    private static double fraction(Optional<Integer> percent) {
        return percent.map(some -> some / 100.0).orElse(-1.0);
    }

    private static Text state(SyncStatus.State state) {
        return switch (state) {
            case ALONE -> Text.SYNC_STATE_ALONE;
            case OFFLINE -> Text.SYNC_STATE_OFFLINE;
            case BACKFILLING -> Text.SYNC_STATE_BACKFILLING;
            case CATCHING_UP -> Text.SYNC_STATE_CATCHING_UP;
            case READY -> Text.SYNC_STATE_READY;
            case PAUSED -> Text.SYNC_STATE_PAUSED;
        };
    }

    PeerLine peer(SyncStatus.Peer peer) {
        SyncStatus.Detail detail = peer.detail();
        String state = words.get(state(peer.state()));
        String toSend = words.count(peer.pendingOut());
        String toGet = peer.online() ? words.count(peer.pendingIn()) : "?";
        String last = peer.lastSync().map(words::ago).orElseGet(() -> words.get(Text.SYNC_NEVER));
        String limit = detail.rule().bytesPerSecond().map(rate -> words.get(Text.SYNC_LIMITED, words.size(rate)))
                .orElse("");
        return new PeerLine(peer.id(), peer.name(),
                new Peer(detail.percent().map(percent -> state + " " + words.get(Text.SCAN_PERCENT, percent))
                        .orElse(state), "badge " + badge(peer.state()), fraction(detail.percent())),
                toSend, toGet, last, detail.twice() ? words.get(Text.EVENT_TWICE, peer.name()) : limit,
                detail.rule().paused(), words.get(Text.SYNC_SPOKEN, peer.name(), state, toSend));
    }

    private static Text state(PeerState state) {
        return switch (state) {
            case OFFLINE -> Text.SYNC_PEER_OFFLINE;
            case CONNECTING -> Text.SYNC_PEER_CONNECTING;
            case BACKFILLING -> Text.SYNC_PEER_BACKFILLING;
            case RECEIVING -> Text.SYNC_PEER_RECEIVING;
            case SENDING -> Text.SYNC_PEER_SENDING;
            case UP_TO_DATE -> Text.SYNC_PEER_UP_TO_DATE;
            case PAUSED -> Text.SYNC_PEER_PAUSED;
            case REFUSED -> Text.SYNC_PEER_REFUSED;
        };
    }

    private static String badge(PeerState state) {
        return switch (state) {
            case OFFLINE, CONNECTING, PAUSED -> "";
            case BACKFILLING, RECEIVING, SENDING -> "syncing";
            case UP_TO_DATE -> "online";
            case REFUSED -> "conflict";
        };
    }

    ConflictLine conflict(SyncConflict conflict) {
        SyncConflict.Version other = conflict.others().getFirst();
        int more = conflict.others().size() - 1;
        return new ConflictLine(conflict, conflict.title().isEmpty() ? conflict.about().model() : conflict.title(),
                field(conflict.about().name()), value(Text.SYNC_CONFLICT_KEPT, conflict.kept()),
                value(Text.SYNC_CONFLICT_LOST, other), more == 0 ? "" : words.get(Text.SYNC_CONFLICT_MORE, more));
    }

    /// The word for a field that this window knows; a plug-in's are called as it calls them.
    private String field(String name) {
        return switch (name) {
            case "name" -> words.get(Text.COLUMN_NAME);
            case "color" -> words.get(Text.TAG_COLOR);
            case "parent" -> words.get(Text.TAG_PARENT);
            default -> name;
        };
    }

    private Value value(Text who, SyncConflict.Version version) {
        String device = version.deviceName().orElseGet(() -> words.get(Text.SYNC_CONFLICT_UNKNOWN));
        return new Value(words.get(who, device, words.moment(version.time())),
                version.value().isEmpty() ? words.get(Text.SYNC_CONFLICT_EMPTY) : version.value());
    }

    /// @param names of devices that are known
    EventLine event(SyncEvent event, Map<DeviceId, String> names) {
        String device = event.device().map(id -> names.getOrDefault(id, id.shortHex()))
                .orElseGet(() -> words.get(Text.EVENT_EVERYONE));
        String detail = switch (event.kind()) {
            case QUARANTINED -> words.count(number(event, "millis") / 1_000);
            case LIMITED -> words.size(number(event, "bytesPerSecond"));
            case CONFLICT, SETTLED -> field(event.details().getOrDefault("field", ""));
            default -> event.details().getOrDefault("reason", "");
        };
        return new EventLine(event.id(), words.moment(event.time()), mark(event),
                words.get(text(event.kind()), device, detail));
    }

    private static long number(SyncEvent event, String name) {
        return Long.parseLong(event.details().getOrDefault(name, "0"));
    }

    private static Dot.State mark(SyncEvent event) {
        return switch (event.level()) {
            case ERROR -> Dot.State.FAILED;
            case WARNING -> Dot.State.LOOK;
            case INFO -> switch (event.kind()) {
                case LINK_LOST, PAUSED, PAUSED_THERE, MEMBER_FORGOTTEN -> Dot.State.AWAY;
                case BACKFILL_BEGUN, RECONCILED, LIMITED, RESUMED -> Dot.State.MOVING;
                default -> Dot.State.ONLINE;
            };
        };
    }

    private static Text text(SyncEvent.Kind kind) {
        return switch (kind) {
            case LINKED -> Text.EVENT_LINKED;
            case LINK_LOST -> Text.EVENT_LINK_LOST;
            case BROKEN -> Text.EVENT_BROKEN;
            case REFUSED -> Text.EVENT_REFUSED;
            case PAUSED_THERE -> Text.EVENT_PAUSED_THERE;
            case UP_TO_DATE -> Text.EVENT_UP_TO_DATE;
            case QUARANTINED -> Text.EVENT_QUARANTINED;
            case RECONCILED -> Text.EVENT_RECONCILED;
            case DIFFERED -> Text.EVENT_DIFFERED;
            case STREAM_GIVEN_UP -> Text.EVENT_STREAM_GIVEN_UP;
            case BACKFILL_BEGUN -> Text.EVENT_BACKFILL_BEGUN;
            case BACKFILL_ENDED -> Text.EVENT_BACKFILL_ENDED;
            case CONFLICT -> Text.EVENT_CONFLICT;
            case SETTLED -> Text.EVENT_SETTLED;
            case RENEWED -> Text.EVENT_RENEWED;
            case MEMBER_ADDED -> Text.EVENT_MEMBER_ADDED;
            case MEMBER_FORGOTTEN -> Text.EVENT_MEMBER_FORGOTTEN;
            case TWICE -> Text.EVENT_TWICE;
            case PAUSED -> Text.EVENT_PAUSED;
            case RESUMED -> Text.EVENT_RESUMED;
            case LIMITED -> Text.EVENT_LIMITED;
            case REPAIRED -> Text.EVENT_REPAIRED;
            case DRIVE_MOVED -> Text.EVENT_DRIVE_MOVED;
            case DRIVE_TWICE -> Text.EVENT_DRIVE_TWICE;
        };
    }

    /// Such as `0.4 ms`, `38 ms`, `12 s`.
    private String time(Duration duration) {
        long millis = duration.toMillis();
        return millis >= SECONDS_FROM_MILLIS ? words.count(duration.toSeconds()) + "\u00a0s"
                : millis == 0 ? "<\u00a01\u00a0ms" : words.count(millis) + "\u00a0ms";
    }
}
