package app.holdfast.core.sync;

import app.holdfast.core.api.Checkup.Standing;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Dot;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.ChangeLog;
import app.holdfast.core.store.Staging.Phase;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/// What the sessions of one library share: the log, who of them follows which stream, so that each is got from one
/// source at a time, and the one reconciliation that may run.
///
/// Confined to the writer.
public final class SyncDesk {

    /// A difference of fewer records is folded in one transaction.
    private static final int FOLD_RECORDS = 10_000;
    /// Rows of comparisons before that one job looks at.
    private static final int SWEPT_ROWS = 5_000;
    /// Records that one job writes afresh: some tenths of a second.
    private static final int AFRESH_RECORDS = 500;
    private static final long FOLD_AGAIN_MILLIS_MAX = 30_000;

    private final ChangeLog log;
    private final ObjLongConsumer<DeviceId> clockAhead;
    private final Consumer<SyncNote> noted;
    private final int foldRecordsMax;
    private final Map<Dot, SyncSession> followers = new HashMap<>();
    private long followersVersion;
    private final Set<Dot> fetching = new HashSet<>();
    private final LeafAnswers answers = new LeafAnswers();
    private final ComparingSlot slot = new ComparingSlot();
    private long folds;
    private long checks;
    private Poll poll = new Poll(List.of());
    private long polls;
    private boolean pollsEnded;
    private final Map<DeviceId, SyncSession> talking = new HashMap<>();
    private long foldAgainMillis;
    private final SelfChecks selfChecks;

    /// @param clockAhead told when a change of a device waits because its clock is that many milliseconds ahead (R8);
    ///        quick
    public SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead) {
        this(log, clockAhead, _ -> { });
    }

    /// @param noted told what people may ask after; quick
    public SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead, Consumer<SyncNote> noted) {
        this(log, clockAhead, noted, FOLD_RECORDS);
    }

    /// @param foldRecordsMax records that one job folds
    public SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead, Consumer<SyncNote> noted,
            int foldRecordsMax) {
        this(log, clockAhead, noted, foldRecordsMax, Optional.empty());
    }

    /// One whose conversations compare what they hold from time to time, unasked.
    ///
    /// @param chance the door's randomness, used on the writer
    public SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead, Consumer<SyncNote> noted,
            LongSupplier chance) {
        this(log, clockAhead, noted, FOLD_RECORDS, Optional.of(chance));
    }

    private SyncDesk(ChangeLog log, ObjLongConsumer<DeviceId> clockAhead, Consumer<SyncNote> noted,
            int foldRecordsMax, Optional<LongSupplier> chance) {
        this.selfChecks = new SelfChecks(chance);
        this.foldRecordsMax = foldRecordsMax;
        this.log = log;
        this.clockAhead = clockAhead;
        this.noted = noted;
    }

    void note(DeviceId peer, SyncEvent.Kind kind, Map<String, String> details) {
        noted.accept(new SyncNote(peer, kind, details));
    }

    /// Has every conversation ask its peer whether it holds what is held here. Another poll ends this one; so does
    /// whoever has waited enough, with [Poll#end] on the writer.
    public void poll(Poll next) {
        poll.end();
        polls++;
        poll = next;
        poll.answerOnly(talking.keySet());
        if (pollsEnded) {
            poll.end();
        }
    }

    /// The library closes: nobody waits for an answer any more.
    public void endPolls() {
        pollsEnded = true;
        poll.end();
    }

    /// A conversation has had its hello.
    void greeted(DeviceId peer, SyncSession session) {
        talking.put(peer, session);
    }

    /// A device that has joined has all once it lacks nothing of what one has that has all; or if nobody has: nothing
    /// of what all have that belong (ADR 228).
    void backfill(Transaction tx, SyncSession session) {
        boolean isOver = tx.backfill().isUnderWay() && session.lacksNothing()
                && (session.hasPeerAll() || tx.otherMembers().stream().allMatch(this::isAsFarAs));
        if (isOver) {
            tx.backfill().end();
            tx.streams().claimSelf();
            tx.touch(Topic.SYNC);
            note(session.peer(), SyncEvent.Kind.BACKFILL_ENDED, Map.of());
        }
    }

    /// A stream of this device that it had lost is claimed on the cut that is here, once nobody who talks says that it
    /// has a later one.
    void takeBack(Transaction tx, Holding stream) {
        UUID subject = stream.claim().subject();
        if (stream.mark() >= 0 && tx.streams().isLacking(subject)
                && talking.values().stream().noneMatch(session -> session.following().said().mayHaveMore(stream,
                        tx.streams().without()))) {
            tx.streams().takeBack(subject);
        }
    }

    private boolean isAsFarAs(DeviceId member) {
        SyncSession with = talking.get(member);
        return with != null && with.lacksNothing();
    }

    /// Another number after every poll.
    long polls() {
        return polls;
    }

    void answered(DeviceId peer, Standing standing) {
        poll.answered(peer, standing);
    }

    /// Has every conversation compare what both hold, even where both cover the same: something was damaged here.
    public void checkAll() {
        checks++;
    }

    long checks() {
        return checks;
    }

    SelfChecks selfChecks() {
        return selfChecks;
    }

    ChangeLog log() {
        return log;
    }

    /// What was answered a moment ago.
    LeafAnswers answers() {
        return answers;
    }

    void quarantined(DeviceId from, long aheadMillis) {
        clockAhead.accept(from, aheadMillis);
    }

    /// @param patience how many times as long as others the session may take
    /// @return whether this session may compare now: no other does, or it does not go on with that one
    boolean takeComparing(Transaction tx, SyncSession session, int patience) {
        boolean isTaken = slot.take(session, patience, !fetching.isEmpty(), nowMillis(tx));
        if (isTaken) {
            tx.staging().halt(); // what is staged is of the comparison before
            fetching.clear();
            foldAgainMillis = 0;
        }
        return isTaken;
    }

    private static long nowMillis(Transaction tx) {
        return tx.state().time().nowMillis();
    }

    /// An answer has come on which the one comparison goes on.
    void goesOn(Transaction tx) {
        slot.goesOn(nowMillis(tx));
    }

    void releaseComparing(SyncSession session) {
        slot.release(session);
    }

    /// The name of the last comparison that was begun.
    long comparison() {
        return slot.number();
    }

    /// Whether a comparison was given up for a later one.
    boolean isOver(long comparison) {
        return slot.isOver(comparison);
    }

    /// Until when a comparison could not be folded (R8); 0 when it could.
    long waitsUntil(long comparison) {
        return slot.waitsUntil(comparison);
    }

    /// Dots that some session asks its peer for.
    void fetching(Transaction tx, Collection<Dot> dots) {
        if (fetching.isEmpty()) {
            slot.fetches(nowMillis(tx));
        }
        fetching.addAll(dots);
    }

    void fetched(Collection<Dot> dots) {
        fetching.removeAll(dots);
    }

    boolean isFetching(Dot dot) {
        return fetching.contains(dot);
    }

    /// Whether somebody who was asked for dots says nothing.
    boolean isStalled(Transaction tx) {
        return slot.isSilent(nowMillis(tx));
    }

    /// Whether a comparison is under way, whoever's it is; one that was left over, or does not go on, is not.
    boolean isComparing(Transaction tx) {
        return (slot.holder().isPresent() || !fetching.isEmpty()) && !isStalled(tx);
    }

    /// Folds what was compared and fetched (R5, phase 3), some records a time; waits while a stamp of it is ahead of
    /// our clock (R8).
    ///
    /// @param from whose session it is: whose doing it was, as far as is known after a restart
    void fold(Transaction tx, DeviceId from) {
        tx.forks().settle(AFRESH_RECORDS);
        if (tx.staging().sweep(SWEPT_ROWS)) {
            tx.touch(Topic.SYNC);
        }
        Phase phase = tx.staging().phase();
        if (phase == Phase.CONTENTS && tx.forks().isSettled() && !tx.staging().isAnyMissing()) {
            long nowMillis = nowMillis(tx);
            if (nowMillis < foldAgainMillis && foldAgainMillis - nowMillis <= FOLD_AGAIN_MILLIS_MAX) {
                return;
            }
            long aheadMillis = tx.staging().quarantinedMillis();
            if (aheadMillis > 0) {
                foldAgainMillis = nowMillis + Math.min(aheadMillis, FOLD_AGAIN_MILLIS_MAX);
                slot.waits(nowMillis + Math.min(aheadMillis, Reconciliation.WAIT_MILLIS_MAX));
                quarantined(tx.staging().newestAuthor().flatMap(tx::deviceOf).orElse(from), aheadMillis);
                return;
            }
            phase = Phase.FOLD;
        }
        if (phase == Phase.FOLD) {
            tx.touch(Topic.SYNC);
            if (tx.staging().fold(foldRecordsMax)) {
                folds++;
                note(slot.compared().orElse(from), SyncEvent.Kind.RECONCILED, Map.of());
                slot.folded();
                fetching.clear();
            }
        }
    }

    /// How many comparisons were folded in since the library was opened.
    long folds() {
        return folds;
    }

    Optional<SyncSession> follower(Dot claim) {
        return Optional.ofNullable(followers.get(claim));
    }

    /// Another number after every change of who follows what.
    long followersVersion() {
        return followersVersion;
    }

    void follows(Dot claim, SyncSession session) {
        followersVersion++;
        followers.put(claim, session);
    }

    void released(Dot claim, SyncSession session) {
        followersVersion++;
        followers.remove(claim, session);
    }

    void releasedAll(SyncSession session) {
        if (talking.remove(session.peer(), session)) {
            poll.answered(session.peer(), Standing.SILENT);
        }
        releaseComparing(session);
        followersVersion++;
        followers.values().removeIf(session::equals);
    }
}
