package app.holdfast.core.sync;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.Dot;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.ChangeLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// What the sessions of one library share: the log, and who of them follows which stream, so that each is got from
/// one source at a time.
///
/// Confined to the writer.
public final class SyncDesk {

    private final ChangeLog log;
    private final ObjLongConsumer<DeviceId> clockAhead;
    private final Consumer<SyncNote> noted;
    private final Map<Dot, SyncSession> followers = new HashMap<>();

    /// @param clockAhead told when a change of a device waits because its clock is that many milliseconds ahead (R8);
    ///        quick
    public SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead) {
        this(log, clockAhead, _ -> { });
    }

    /// @param noted told what people may ask after; quick
    public SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead, Consumer<SyncNote> noted) {
        this.log = log;
        this.clockAhead = clockAhead;
        this.noted = noted;
    }

    void note(DeviceId peer, SyncEvent.Kind kind, Map<String, String> details) {
        noted.accept(new SyncNote(peer, kind, details));
    }

    ChangeLog log() {
        return log;
    }

    void quarantined(DeviceId from, long aheadMillis) {
        clockAhead.accept(from, aheadMillis);
    }

    Optional<SyncSession> follower(Dot claim) {
        return Optional.ofNullable(followers.get(claim));
    }

    void follows(Dot claim, SyncSession session) {
        followers.put(claim, session);
    }

    void released(Dot claim, SyncSession session) {
        followers.remove(claim, session);
    }

    void releasedAll(SyncSession session) {
        followers.values().removeIf(session::equals);
    }
}
