package app.holdfast.core.library;

import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.BackfillState;
import app.holdfast.core.store.Transactor;
import app.holdfast.core.sync.SyncNote;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whether this device has joined a library and has never had all of it yet, for those who do not ask the writer. The
/// conversations find out when it is over (ADR 228). What counts is what the writer has committed. Any thread.
final class Backfill {

    private final Transactor writer;
    private final Timeline timeline;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private long asked;
    private long answered;

    Backfill(Transactor writer, Timeline timeline) {
        this.writer = writer;
        this.timeline = timeline;
    }

    /// Reads how it was when the program ended.
    void resume(Optional<String> setting) {
        underWay.set(BackfillState.isUnderWay(setting));
    }

    /// This device has joined.
    ///
    /// @return completes once it is known here
    CompletableFuture<Boolean> begun() {
        return reread(Optional.empty());
    }

    /// A conversation has brought something about; it goes to the timeline as well. It says so within a transaction,
    /// which may still be undone: the end of a backfill is noted once it is committed.
    void noted(SyncNote note) {
        if (note.kind() == Kind.BACKFILL_ENDED) {
            Unawaited.run("reading whether the backfill is over", reread(Optional.of(note.peer())));
        } else {
            timeline.note(note.kind(), note.peer(), note.details());
        }
    }

    private synchronized CompletableFuture<Boolean> reread(Optional<DeviceId> peer) {
        long number = ++asked;
        return writer.submit(tx -> tx.backfill().isUnderWay()).thenApply(isUnderWay -> {
            answered(number, isUnderWay, peer);
            return isUnderWay;
        });
    }

    /// An earlier answer may be told after a later one, on another thread.
    private synchronized void answered(long number, boolean isUnderWay, Optional<DeviceId> peer) {
        if (number > answered) {
            answered = number;
            if (underWay.getAndSet(isUnderWay) != isUnderWay) {
                timeline.note(isUnderWay ? Kind.BACKFILL_BEGUN : Kind.BACKFILL_ENDED, peer, Map.of());
            }
        }
    }

    boolean isUnderWay() {
        return underWay.get();
    }
}
