package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.ChangeLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/// What the sessions of one library share: the log, and who of them follows which stream, so that each is got from
/// one source at a time.
///
/// Confined to the writer.
public final class SyncDesk {

    private final ChangeLog log;
    private final ObjLongConsumer<DeviceId> clockAhead;
    private final Map<Dot, SyncSession> followers = new HashMap<>();

    /// @param clockAhead told when a change of a device waits because its clock is that many milliseconds ahead (R8);
    ///        quick
    public SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead) {
        this.log = log;
        this.clockAhead = clockAhead;
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
