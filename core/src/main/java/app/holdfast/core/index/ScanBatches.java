package app.holdfast.core.index;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Topic;
import app.holdfast.core.store.EntryMerge.Merged;
import app.holdfast.core.store.FolderPart;
import app.holdfast.core.store.Job;
import app.holdfast.core.store.KnownFolders;
import app.holdfast.core.store.ScanRows;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.store.Transactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Hands what a scan reads to the writer: a job for some thousand entries, few jobs at a time, in their order.
///
/// Confined to the scan's thread, but for the jobs, which run on the writer's.
final class ScanBatches {

    /// A job takes the writer for about 20 ms.
    static final int ENTRIES_MAX = 4_000;
    /// Rows that one job moves or takes out.
    private static final int SETTLED_MAX = 2_000;
    /// What was found is shown after so long.
    private static final long AGE_NANOS_MAX = 100_000_000;
    /// Jobs handed over and not committed; when they are so many the walk waits.
    private static final int PENDING_MAX = 4;
    /// How often a wait looks whether the scan is to end.
    private static final long LOOK_MILLIS = 20;
    /// How long a cancelled scan waits for the jobs it has handed over. Later ones write what they hold all the same.
    private static final long CANCEL_NANOS_MAX = 100_000_000;

    private final Scan.Order order;
    private final Transactor writer;
    private final BooleanSupplier cancelled;
    private final ScanRows rows;
    private final Semaphore free = new Semaphore(PENDING_MAX);
    /// Whether this scan wrote something and what was noted about files that went has not all been handed over since.
    private final AtomicBoolean isToHandOver = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private List<FolderPart> parts = new ArrayList<>();
    private int weight;
    private long submittedNanos = System.nanoTime();

    ScanBatches(Scan.Order order, Transactor writer, BooleanSupplier cancelled) {
        this.order = order;
        this.writer = writer;
        this.cancelled = cancelled;
        this.rows = new ScanRows(order.location(), order.confirmed());
    }

    /// What earlier scans saw; nothing when the writer does not say. For scans of the whole location, before the first
    /// part.
    KnownFolders known() {
        while (takePlace()) {
            CompletableFuture<KnownFolders> asked = writer.submit(tx -> {
                checkHolding(tx);
                return tx.entries().known(rows, tx.pen(order.volume().value()));
            });
            if (isBusy(asked)) {
                free.release();
                pause();
                continue;
            }
            awaitOne(asked.handle((_, e) -> {
                settle(e);
                return true;
            }));
            return asked.state() == Future.State.SUCCESS ? asked.resultNow() : KnownFolders.none();
        }
        return KnownFolders.none();
    }

    void add(FolderPart part) {
        parts.add(part);
        weight += 1 + part.children().size();
    }

    /// Whether what was added is worth a job.
    ///
    /// @param more entries about to be added
    boolean isDue(int more) {
        return weight + more >= ENTRIES_MAX || System.nanoTime() - submittedNanos >= AGE_NANOS_MAX;
    }

    /// Hands over what was added, waiting for a free place. Does nothing once the scan is to end.
    void submit() {
        submit(false);
    }

    /// Hands over the last of it; what was not found is dealt with in the same transaction, as far as it is not much,
    /// so that nobody sees what was moved in two places.
    void submitLast() {
        submit(true);
    }

    private void submit(boolean last) {
        List<FolderPart> batch = parts;
        parts = new ArrayList<>();
        weight = 0;
        while (!batch.isEmpty() && takePlace()) {
            CompletableFuture<Boolean> written = writer.submit(job(batch, last));
            if (!isBusy(written)) {
                var _ = written.whenComplete((_, e) -> settle(e));
                break;
            }
            free.release();
            pause();
        }
        submittedNanos = System.nanoTime();
    }

    /// Has what was not found moved or taken out, after all that was handed over.
    void settle() {
        if (!await()) {
            return;
        }
        free.release(PENDING_MAX);
        while (!rows.isSettled() && takePlace()) {
            CompletableFuture<Boolean> settled = writer.submit(tx -> {
                checkHolding(tx);
                Merged merged = tx.entries().settle(rows, tx.pen(order.volume().value()), SETTLED_MAX);
                note(tx, !merged.isNothing());
                handOver(tx);
                return true;
            });
            if (isBusy(settled)) {
                free.release();
                pause();
                continue;
            }
            awaitOne(settled.handle((_, e) -> {
                settle(e);
                return true;
            }));
        }
        while (isToHandOver.get() && takePlace()) {
            CompletableFuture<Boolean> handed = writer.submit(tx -> {
                checkHolding(tx);
                handOver(tx);
                return true;
            });
            if (isBusy(handed)) {
                free.release();
                pause();
                continue;
            }
            awaitOne(handed.handle((_, e) -> {
                settle(e);
                return true;
            }));
        }
    }

    private void awaitOne(CompletableFuture<Boolean> ended) {
        while (!cancelled.getAsBoolean()) {
            try {
                ended.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                // looks whether the scan was cancelled
            } catch (ExecutionException e) {
                throw new IllegalStateException("its failure is handled", e);
            } catch (InterruptedException e) {
                fail(new CancellationException("interrupted"));
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void checkHolding(Transaction tx) throws CoreException.Refused {
        if (!tx.streams().isOfThisDevice(order.volume().value())) {
            throw new CoreException.Refused("another device looks after this drive now");
        }
        if (tx.streams().isLacking(order.volume().value())) {
            throw new CoreException.Refused("not all that is known of this drive is here yet");
        }
        if (hasFailed()) {
            throw new CoreException.Refused("an earlier part of this scan was not written");
        }
    }

    private boolean takePlace() {
        while (!cancelled.getAsBoolean() && !hasFailed()) {
            try {
                if (free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            } catch (InterruptedException e) {
                fail(new CancellationException("interrupted"));
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }

    private static boolean isBusy(CompletableFuture<?> written) {
        return written.state() == Future.State.FAILED && written.exceptionNow() instanceof CoreException.Busy;
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            fail(new CancellationException("interrupted"));
            Thread.currentThread().interrupt();
        }
    }

    private Job<Boolean> job(List<FolderPart> batch, boolean last) {
        return tx -> {
            checkHolding(tx);
            Merged merged = tx.entries().merge(rows, tx.pen(order.volume().value()), batch);
            note(tx, !merged.isNothing());
            if (last) {
                note(tx, !tx.entries().settle(rows, tx.pen(order.volume().value()), SETTLED_MAX).isNothing());
                handOver(tx);
            }
            return true;
        };
    }

    private void note(Transaction tx, boolean wroteSomething) {
        if (wroteSomething) {
            tx.touch(Topic.ENTRIES);
            isToHandOver.set(true);
        }
    }

    /// Once all is written that this scan writes, what was noted about files that went elsewhere goes with them.
    private void handOver(Transaction tx) {
        if (isToHandOver.get() && rows.isSettled()) {
            isToHandOver.set(tx.left().handOver(rows, SETTLED_MAX) == SETTLED_MAX);
        }
    }

    /// Runs on the writer's thread.
    private void settle(@Nullable Throwable e) {
        if (e != null) {
            fail(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
        }
        free.release();
    }

    private void fail(Throwable e) {
        failure.compareAndSet(null, e);
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    /// @return a word for why what was found cannot be written; empty while it can
    Optional<String> failure() {
        return switch (failure.get()) {
            case null -> Optional.empty();
            case CoreException e -> Optional.of(e.code());
            case CancellationException _ -> Optional.of(Scan.CLOSED);
            default -> Optional.of(Scan.BUG);
        };
    }

    /// Waits until all that was handed over is committed or has failed; not long once the scan is cancelled.
    ///
    /// @return false when it was not waited for to the end
    boolean await() {
        long aliveNanos = System.nanoTime();
        for (int back = 0; back < PENDING_MAX;) {
            try {
                back += free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS) ? 1 : 0;
            } catch (InterruptedException e) {
                fail(new CancellationException("interrupted"));
                Thread.currentThread().interrupt();
                return false;
            }
            if (!cancelled.getAsBoolean()) {
                aliveNanos = System.nanoTime();
            } else if (System.nanoTime() - aliveNanos > CANCEL_NANOS_MAX) {
                return false;
            }
        }
        return true;
    }
}
