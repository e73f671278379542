package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.ModelRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reading threads, each with a connection of its own: questions are answered beside the writer and beside each
/// other, each from one state of the library. The failure boundary of these threads: a question that fails fails
/// alone.
public final class Readers implements AutoCloseable {

    private static final int THREADS = 4;
    /// Questions that may wait; the one that finds the queue full is answered by an error.
    private static final int WAITING_MAX = 10_000;
    private static final long CLOSE_MILLIS_MAX = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Path catalogue;
    private final BlockingQueue<Question<?>> queue = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();

    Readers(LibraryFiles files, ThreadFactory factory, ModelRegistry models) throws CoreException {
        catalogue = files.data().resolve("database.db");
        for (int i = 1; i <= THREADS; i++) {
            Connection connection = files.catalogue(true);
            connections.add(connection);
            Thread thread = factory.newThread(() -> run(connection, models));
            thread.setName("reader-" + i);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private record Question<T>(Function<CatalogueReader, T> ask, CompletableFuture<T> reply) {

        private void answer(Connection connection, ModelRegistry models) throws SQLException {
            connection.setAutoCommit(false);
            try {
                reply.complete(ask.apply(new CatalogueReader(connection, models)));
            } finally {
                connection.rollback();
            }
        }
    }

    /// Asks on a reader thread, from one state of the library.
    ///
    /// @return fails when the question threw, or the library is being closed
    public <T> CompletableFuture<T> ask(Function<CatalogueReader, T> question) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        Question<T> asked = new Question<>(question, reply);
        if (closed.get()) {
            reply.cancel(false);
        } else if (!queue.offer(asked)) {
            reply.completeExceptionally(new CoreException.Busy());
        } else if (closed.get() && queue.remove(asked)) {
            reply.cancel(false);
        }
        return reply;
    }

    private void run(Connection connection, ModelRegistry models) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                answer(queue.take(), connection, models);
            } catch (InterruptedException e) {
                break;
            }
        }
    }

    private void answer(Question<?> question, Connection connection, ModelRegistry models) {
        try {
            question.answer(connection, models);
        } catch (SQLException e) {
            question.reply.completeExceptionally(failure(new DataAccessException("a question", e)));
        } catch (RuntimeException e) {
            LOG.warn("a question failed", e);
            question.reply.completeExceptionally(failure(e));
        } catch (VirtualMachineError | AssertionError | LinkageError e) {
            LOG.error("a question failed by an error", e);
            question.reply.completeExceptionally(new IllegalStateException("a question failed by an error: " + e, e));
        }
    }

    /// About a damaged file a person can do something.
    private Exception failure(RuntimeException e) {
        SQLException cause = e instanceof DataAccessException access ? access.getCause(SQLException.class) : null;
        if (cause != null && LibraryFiles.failure(catalogue, cause) instanceof CoreException.DamagedLibrary damaged) {
            return damaged;
        }
        return e;
    }

    @Override
    public void close() {
        closed.set(true);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(CLOSE_MILLIS_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        queue.forEach(question -> question.reply.cancel(false));
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("a reader's connection did not close", e);
            }
        }
    }
}
