package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.EncodedGroup;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer of a library (ADR 1): a thread that carries out jobs in the order of their submission, several to a
/// transaction when they queue, and announces what it committed.
///
/// [#submit] and [#close] are safe for any thread. The failure boundary of its thread: a job that fails, for whatever
/// reason, is undone alone and its future told; the thread goes on. So it does when a job ends by an `Error`, having
/// wanted more memory than there is: what it had in hand goes with it, and what is kept is read anew. An `Error`
/// outside of jobs ends the thread, and the library with it.
public final class LibraryWriter implements Transactor, AutoCloseable {

    /// When the queue is full, submitting fails: a command tells the user, a peer's reader waits and tries again.
    private static final int WAITING_JOBS_MAX = 10_000;
    /// Jobs that may share one transaction.
    private static final int BATCH_JOBS_MAX = 500;
    /// For so long a transaction takes another job in, about as long as its commit: that is shared by small jobs, and
    /// after a big one nothing comes that might have to be undone apart (ADR 252).
    private static final long SHARED_MILLIS_MAX = 5;
    /// How long closing waits for jobs that are already queued.
    private static final long CLOSE_MILLIS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(LibraryWriter.class);

    private final BlockingQueue<Pending<?>> queue = new ArrayBlockingQueue<>(WAITING_JOBS_MAX);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Pending<Boolean> last = new Pending<>(_ -> true);
    private final LibraryFiles files;
    private final WriterState state;
    private final ChangeLog log;
    private final Consumer<Commit> announce;
    private final Thread thread;
    private long revision;
    /// Whether a job of the batch under way wants the log emptied.
    private boolean forgetsLog;
    /// Whether there is a transaction, as the driver believes that there is from one commit to the next.
    private boolean hasTransaction = true;

    /// @param announce told of every commit, on the writer's thread; must be quick and not throw
    LibraryWriter(LibraryFiles files, WriterState state, ChangeLog log, Consumer<Commit> announce,
            ThreadFactory threads) {
        this.files = files;
        this.state = state;
        this.log = log;
        this.announce = announce;
        this.thread = threads.newThread(this::run);
        this.thread.setName("writer-" + state.library());
        this.thread.start();
    }

    /// SQLite has undone the whole transaction, other jobs of it as well.
    private static final class AllUndone extends Exception {
        private static final long serialVersionUID = 1L;
        private final Exception failure;

        private AllUndone(Exception failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private static final class Pending<T> {
        private final Job<T> job;
        private final CompletableFuture<T> reply = new CompletableFuture<>();
        private Runnable answer = () -> { };

        private Pending(Job<T> job) {
            this.job = job;
        }

        private void run(Transaction tx) throws CoreException {
            T result = job.run(tx);
            tx.finish();
            answer = () -> reply.complete(result);
        }
    }

    @Override
    public <T> CompletableFuture<T> submit(Job<T> job) {
        Pending<T> pending = new Pending<>(job);
        if (closed.get()) {
            pending.reply.cancel(false);
        } else if (!queue.offer(pending)) {
            pending.reply.completeExceptionally(new CoreException.Busy());
        } else if (closed.get() && queue.remove(pending)) {
            pending.reply.cancel(false);
        }
        return pending.reply;
    }

    private void run() {
        List<Pending<?>> batch = new ArrayList<>();
        try {
            work(batch);
        } finally { // an Error ends the thread; nobody is left waiting
            if (!closed.getAndSet(true)) {
                LOG.error("the writer has ended; the library has to be opened again");
            }
            batch.forEach(pending -> pending.reply.cancel(false));
            queue.forEach(pending -> pending.reply.cancel(false));
        }
    }

    private void work(List<Pending<?>> batch) {
        boolean running = true;
        while (running) {
            try {
                batch.add(queue.take());
                runBatch(batch);
            } catch (InterruptedException e) {
                break;
            }
            running = !batch.contains(last);
            batch.clear();
        }
    }

    /// @param batch the first job; gets all that share the transaction
    private void runBatch(List<Pending<?>> batch) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        List<EncodedGroup> toLog = new ArrayList<>();
        forgetsLog = false;
        long began = state.time().nowMillis();
        try {
            Connection connection = state.connection();
            connection.setAutoCommit(false);
            if (!hasTransaction) {
                begin();
            }
            boolean holdsAny = runOne(batch.getFirst(), false, topics, toLog);
            for (Pending<?> next = next(batch, began); next != null; next = next(batch, began)) {
                batch.add(next);
                holdsAny |= runOne(next, holdsAny, topics, toLog);
            }
            state.noteWritten();
            connection.commit();
        } catch (SQLException e) {
            fail(batch, LibraryFiles.failure(files.data().resolve("database.db"), e), e);
            return;
        } catch (AllUndone e) {
            fail(batch, e.failure, e);
            return;
        } catch (RuntimeException e) {
            fail(batch, e, e);
            return;
        }
        revision++;
        batch.forEach(pending -> pending.answer.run());
        if (!topics.isEmpty()) {
            announce.accept(new Commit(revision, topics));
        }
        log(toLog);
    }

    /// @return a job that waits and may share the transaction; null when there is none
    private @Nullable Pending<?> next(List<Pending<?>> batch, long began) {
        boolean isFull = batch.size() >= BATCH_JOBS_MAX || batch.getLast() == last
                || state.time().nowMillis() - began >= SHARED_MILLIS_MAX;
        return isFull ? null : queue.poll();
    }

    /// After the answers: whoever waits need not wait for the log, which may be lost at any time (ADR 225). Before any
    /// other job, and only jobs look into the log.
    private void log(List<EncodedGroup> groups) {
        if (forgetsLog) {
            log.forgetGroups();
        }
        if (!groups.isEmpty()) {
            log.append(groups);
        }
    }

    private void fail(List<Pending<?>> batch, Exception failure, Exception cause) {
        LOG.error("a transaction failed", cause);
        undo();
        batch.forEach(pending -> pending.reply.completeExceptionally(failure));
    }

    /// @param holdsAny whether the transaction has something of other jobs, which stays when this one is undone: that
    ///                 takes a savepoint, which copies every page that is changed under it
    /// @return whether the job was done
    private boolean runOne(Pending<?> pending, boolean holdsAny, Set<Topic> topics, List<EncodedGroup> toLog)
            throws SQLException, AllUndone {
        Connection connection = state.connection();
        Savepoint before = holdsAny ? connection.setSavepoint() : null;
        try {
            Transaction tx = new Transaction(state);
            pending.run(tx);
            topics.addAll(tx.topics());
            toLog.addAll(wanted(tx));
            forgetsLog |= tx.forgetsLog();
            if (before != null) {
                connection.releaseSavepoint(before);
            }
            return true;
        } catch (CoreException e) {
            undo(pending, before, e);
        } catch (DataAccessException e) {
            SQLException cause = e.getCause(SQLException.class);
            LOG.error("a job failed in the database", e);
            undo(pending, before, cause == null ? e : LibraryFiles.failure(files.data().resolve("database.db"), cause));
        } catch (RuntimeException e) {
            LOG.error("a job failed by a bug", e);
            undo(pending, before, e);
        } catch (VirtualMachineError | AssertionError | LinkageError e) {
            LOG.error("a job failed by an error", e);
            undo(pending, before, new IllegalStateException("a job was undone that failed by an error: " + e, e));
        }
        return false;
    }

    /// What some member may still have to be sent. Groups of other authors are left out that all others are known to
    /// have: in a library of two devices what comes from the other is wanted by nobody (ADR 239).
    private List<EncodedGroup> wanted(Transaction tx) {
        List<EncodedGroup> groups = tx.toLog();
        if (groups.stream().allMatch(group -> group.author().equals(state.author()))) {
            return groups;
        }
        return groups.stream().filter(group -> group.author().equals(state.author())
                || log.acknowledgedByAll(group.author(), tx.mayLack(group.author())) < group.last()).toList();
    }

    private void undo(Pending<?> pending, @Nullable Savepoint before, Exception failure)
            throws SQLException, AllUndone {
        pending.answer = () -> pending.reply.completeExceptionally(failure);
        if (before == null) {
            rollBack();
        } else {
            try {
                state.connection().rollback(before);
                state.connection().releaseSavepoint(before);
            } catch (SQLException e) {
                failure.addSuppressed(e);
                throw new AllUndone(failure);
            }
        }
        state.reload();
    }

    private void undo() {
        try {
            rollBack();
        } catch (SQLException e) {
            LOG.error("no new transaction could be begun", e);
        }
        try {
            state.reload();
        } catch (DataAccessException e) {
            LOG.error("what a failed transaction has left could not be read", e);
        }
    }

    /// SQLite ends a transaction by itself when the disk is full or fails. The driver hears nothing of that and begins
    /// no other, so that each statement that came next would be kept for itself.
    private void rollBack() throws SQLException {
        try {
            state.connection().rollback();
        } catch (SQLException e) {
            LOG.debug("it was rolled back already", e);
            hasTransaction = false;
            begin();
        }
    }

    private void begin() throws SQLException {
        try (Statement begin = state.connection().createStatement()) {
            begin.execute("begin immediate");
            hasTransaction = true;
        }
    }

    /// The revision of the newest commit. Read by jobs, on the writer's thread.
    public long revision() {
        return revision;
    }

    /// The log. For jobs, on the writer's thread.
    public ChangeLog log() {
        return log;
    }

    /// Takes no more jobs, carries out those that wait, ends the thread.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (!queue.offer(last)) {
                thread.interrupt();
            }
        }
        try {
            thread.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
