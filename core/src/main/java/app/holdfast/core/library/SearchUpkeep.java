package app.holdfast.core.library;

import app.holdfast.core.store.LibraryWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Has the search index follow the entries, a moment after they changed and not while many come: until then the
/// search looks at new names one by one, so nothing is found late. What went leaves the index then, too (ADR 255). Any
/// thread.
final class SearchUpkeep {

    /// A job takes the writer for about 20 ms, or 10 for names that went.
    private static final int NAMES_PER_JOB = 1_000;
    private static final long WAIT_MILLIS = 500;

    private final LibraryWriter writer;
    private final Executor work;
    private final BooleanSupplier busy;
    private final AtomicBoolean underWay = new AtomicBoolean();

    /// @param busy whether it is to wait
    SearchUpkeep(LibraryWriter writer, Executor work, BooleanSupplier busy) {
        this.writer = writer;
        this.work = work;
        this.busy = busy;
    }

    /// Entries may have changed.
    void wake() {
        if (underWay.compareAndSet(false, true)) {
            Unawaited.run("following with the search index", later());
        }
    }

    private CompletableFuture<Boolean> later() {
        Executor delayed = CompletableFuture.delayedExecutor(WAIT_MILLIS, TimeUnit.MILLISECONDS, work);
        return CompletableFuture.supplyAsync(busy::getAsBoolean, delayed).thenCompose(wait -> wait ? later() : cover());
    }

    private CompletableFuture<Boolean> cover() {
        underWay.set(false); // what comes from now on may be missed by this job
        return writer.submit(tx -> tx.search().cover(NAMES_PER_JOB)).thenCompose(more -> {
            if (!more || !underWay.compareAndSet(false, true)) {
                return CompletableFuture.completedFuture(true);
            }
            return busy.getAsBoolean() ? later() : cover();
        });
    }
}
