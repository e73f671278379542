package app.holdfast.core.sync;

import app.holdfast.core.model.DeviceId;
import java.util.Optional;

/// The one comparison that may run at a time: whose it is, since when, and when something last came of it. Whoever
/// waits may take it from one with whom it does not go on, and from one with whom it goes on slowly (ADR 232).
///
/// Confined to the writer. Times are of the device's clock, which may be set back.
final class ComparingSlot {

    /// Who has said nothing for so long is not waited for when another can be compared with.
    static final long SILENT_MILLIS = 30_000;
    /// Who goes on may take so long while others wait.
    static final long SLICE_MILLIS = 120_000;

    private static final int PATIENCE_SILENT_MAX = 4;

    private Optional<SyncSession> holder = Optional.empty();
    private Optional<DeviceId> compared = Optional.empty();
    private int patience = 1;
    private long sinceMillis;
    private long heardMillis;
    private long number;
    private long folded;
    private long waits;
    private long waitsUntilMillis;

    /// @param asksFor  how often the session is to have the two times above
    /// @param isFetching whether somebody is asked for what the last comparison has shown to be wanted
    /// @return whether the session may compare now
    boolean take(SyncSession session, int asksFor, boolean isFetching, long nowMillis) {
        boolean isFree = (holder.isEmpty() || holder.get().equals(session)) && !isFetching;
        if (!isFree && Math.abs(nowMillis - heardMillis) < Math.min(patience, PATIENCE_SILENT_MAX) * SILENT_MILLIS
                && Math.abs(nowMillis - sinceMillis) < patience * SLICE_MILLIS) {
            return false;
        }
        holder = Optional.of(session);
        compared = Optional.of(session.peer());
        patience = asksFor;
        sinceMillis = nowMillis;
        heardMillis = nowMillis;
        number++;
        return true;
    }

    /// What was asked for has come, or is asked for.
    void goesOn(long nowMillis) {
        heardMillis = nowMillis;
    }

    boolean isSilent(long nowMillis) {
        return Math.abs(nowMillis - heardMillis) >= SILENT_MILLIS;
    }

    /// Somebody is asked for what is wanted, and nobody was.
    void fetches(long nowMillis) {
        heardMillis = nowMillis;
        if (holder.isEmpty()) { // it goes on after a restart
            sinceMillis = nowMillis;
        }
    }

    void release(SyncSession session) {
        if (holder.isPresent() && holder.get().equals(session)) {
            holder = Optional.empty();
        }
    }

    /// What was compared cannot be folded before a time (R8): others may compare until then.
    void waits(long untilMillis) {
        holder = Optional.empty();
        waits = number;
        waitsUntilMillis = untilMillis;
    }

    /// What was compared is folded.
    void folded() {
        holder = Optional.empty();
        folded = number;
    }

    Optional<SyncSession> holder() {
        return holder;
    }

    /// With whom the last comparison was begun; it may be folded when that link has ended.
    Optional<DeviceId> compared() {
        return compared;
    }

    /// The name of the last comparison that was begun, 0 before the first one.
    long number() {
        return number;
    }

    /// Whether a comparison was given up for a later one.
    boolean isOver(long comparison) {
        return comparison != number && comparison != folded;
    }

    /// Until when what was compared cannot be folded; 0 when it could.
    long waitsUntil(long comparison) {
        return comparison == waits ? waitsUntilMillis : 0;
    }
}
