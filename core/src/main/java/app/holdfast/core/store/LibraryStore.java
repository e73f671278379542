package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.AUTHOR;
import static app.holdfast.core.store.catalogue.Tables.DEVICE;
import static app.holdfast.core.store.catalogue.Tables.SELF;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Models;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.Value;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import app.holdfast.core.change.VersionVector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open library on disk: its files, its writer, its readers.
public final class LibraryStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryStore.class);
    private static final int FOLD_RECORDS = 10_000;

    /// What is to be closed, the last opened first.
    private final Deque<Closing> opened;
    private final EventLog events;
    private final LibraryWriter writer;
    private final Readers readers;

    private LibraryStore(Deque<Closing> opened, EventLog events, LibraryWriter writer, Readers readers) {
        this.opened = opened;
        this.events = events;
        this.writer = writer;
        this.readers = readers;
    }

    /// Whether a library lies in the directory.
    public static boolean exists(Path data) {
        return LibraryFiles.exist(data);
    }

    /// Makes the files of a new library with this device as its only member.
    ///
    /// @param name the device's
    public static void create(Path data, DeviceId device, String name, Surroundings around) throws CoreException {
        try (LibraryFiles files = LibraryFiles.open(data); Connection connection = files.catalogue(false)) {
            connection.setAutoCommit(false);
            var sql = DSL.using(connection, SQLDialect.SQLITE);
            if (sql.fetchExists(SELF)) {
                throw new CoreException.AlreadyInitialised(data);
            }
            var _ = found(connection, device, name, around);
            new OpeningMemory(around.memory(), data).note(0, new byte[0]);
            connection.commit();
        } catch (SQLException e) {
            throw LibraryFiles.failure(data, e);
        } catch (DataAccessException e) {
            throw failure(data, e);
        }
    }

    /// Fills an empty catalogue.
    ///
    /// @return what was written
    static List<EncodedGroup> found(Connection connection, DeviceId device, String name, Surroundings around) {
        var sql = DSL.using(connection, SQLDialect.SQLITE);
        sql.insertInto(AUTHOR, AUTHOR.KEY, AUTHOR.ID).values(1L, Ids.bytes(around.randomId())).execute();
        sql.insertInto(SELF, SELF.ONLY_ROW, SELF.DEVICE, SELF.LIBRARY, SELF.LIBRARY_NAME, SELF.AUTHOR,
                        SELF.CLOCK_MILLIS, SELF.CLOCK_COUNTER, SELF.OPEN_COUNT, SELF.NONCE)
                .values(1L, device.bytes(), Ids.bytes(around.randomId()), name, 1L, 0L, 0L, 0L, new byte[0])
                .execute();
        Transaction tx = new Transaction(new WriterState(connection, around));
        introduce(tx, device, name);
        tx.finish();
        return tx.toLog();
    }

    /// Makes this device a member and gives it a stream about itself.
    private static void introduce(Transaction tx, DeviceId device, String name) {
        UUID subject = device.subject();
        tx.shared().edit(Models.MEMBER, subject, Map.of(Models.KEY, new Value.Bytes(device.bytes()),
                Models.NAME, new Value.Text(name)));
        tx.streams().claim(subject);
        writeDevice(tx, device, name);
        tx.streams().assertComplete(subject);
    }

    /// Writes the row in which this device says its name.
    public static void writeDevice(Transaction tx, DeviceId device, String name) {
        StreamPen pen = tx.pen(device.subject());
        var row = tx.sql().newRecord(DEVICE);
        row.setId(Ids.bytes(device.subject()));
        row.setClaim(pen.claim());
        row.setSequence(pen.next());
        row.setDevice(device.bytes());
        row.setName(name);
        row.setPlatform(System.getProperty("os.name"));
        tx.sql().insertInto(DEVICE).set(row).onConflict(DEVICE.ID).doUpdate().set(row).execute();
        tx.touch(Topic.DEVICES);
    }

    /// Opens the library for this process alone.
    ///
    /// @param announce told of every commit, on the writer's thread
    public static LibraryStore open(Path data, Surroundings around, Consumer<Commit> announce) throws CoreException {
        if (!exists(data)) {
            throw new CoreException.NotInitialised(data);
        }
        LibraryFiles files = LibraryFiles.open(data);
        Deque<Closing> opened = new ArrayDeque<>(List.of(files::close));
        try {
            Connection writing = files.catalogue(false);
            opened.push(writing::close);
            Author author = countOpening(data, writing, around);
            WriterState state = new WriterState(writing, around);
            opened.push(state.noteWritten(new OpeningMemory(around.memory(), data).written())::close);
            ChangeLog log = openLog(files, state, author);
            opened.push(log::close);
            LibraryWriter writer = new LibraryWriter(files, state, log, announce, around.threads());
            opened.push(writer::close);
            Readers readers = new Readers(files, around.threads(), around.models());
            opened.push(readers::close);
            await(writer.submit(LibraryStore::reclaim));
            await(writer.submit(tx -> tx.search().check()));
            while (!await(writer.submit(LibraryStore::endFold))) {
                LOG.info("a fold that was interrupted goes on");
            }
            return new LibraryStore(opened, new EventLog(log.connection()), writer, readers);
        } catch (DataAccessException e) {
            closeAll(opened);
            throw failure(data, e);
        } catch (CoreException | RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    /// A log that cannot be read costs time, not data: it is begun anew.
    private static ChangeLog openLog(LibraryFiles files, WriterState state, Author author) throws CoreException {
        VersionVector vector = new Transaction(state).shared().vector();
        Connection damaged = files.log();
        try {
            return new ChangeLog(damaged, author, state.openCount(), vector);
        } catch (DataAccessException e) {
            LOG.warn("the log cannot be read and is begun anew cause={}", e.getMessage());
            closeAll(new ArrayDeque<>(List.of(damaged::close)));
            files.remakeLog();
            return new ChangeLog(files.log(), author, state.openCount(), vector);
        }
    }

    /// Closes one part.
    @FunctionalInterface
    private interface Closing {
        void close() throws SQLException;
    }

    /// The last opened first; one that does not close does not keep the others open.
    private static void closeAll(Deque<Closing> opened) {
        for (Closing one : opened) {
            try {
                one.close();
            } catch (SQLException e) {
                LOG.warn("a part of the library did not close", e);
            }
        }
    }

    /// A fold that a crash interrupted goes on before anything else (R5).
    ///
    /// @return whether none is under way any more
    static boolean endFold(Transaction tx) {
        return tx.staging().phase() != Staging.Phase.FOLD || tx.staging().fold(FOLD_RECORDS);
    }

    /// Streams that an earlier incarnation of this device claimed are claimed anew (S6).
    static boolean reclaim(Transaction tx) {
        for (UUID subject : tx.claims().ownSubjects()) {
            boolean earlier = tx.streams().holding(subject)
                    .filter(held -> !held.claim().incarnation().equals(tx.state().author())).isPresent();
            if (earlier) {
                boolean complete = subject.equals(tx.state().device().subject());
                tx.streams().claimAnew(subject);
                if (complete) {
                    tx.streams().assertComplete(subject);
                }
            }
        }
        return true;
    }

    /// Counts this opening, and mints a new incarnation when the last one was another's (R7).
    ///
    /// @return the incarnation that the log belongs to if it is not to be thrown away
    static Author countOpening(Path data, Connection connection, Surroundings around) throws CoreException {
        OpeningMemory memory = new OpeningMemory(around.memory(), data);
        try (Prepared prepared = new Prepared(connection)) {
            LastOpening last = prepared.first("select author, open_count, nonce from self",
                    row -> new LastOpening(row.getLong(1), row.getLong(2), row.getBytes(3)))
                    .orElseThrow(() -> new CoreException.NotInitialised(data));
            Author author = new Authors(prepared).of(last.author);
            long count = last.count + 1;
            long covered = prepared.first("select sequence from vector where author = ?", row -> row.getLong(1),
                    last.author).orElse(0L);
            boolean same = memory.agrees(last.count, last.nonce)
                    && SequenceNote.of(memory.written(), author) <= covered;
            Author next = same ? author : new Author(around.randomId());
            byte[] nonce = ByteBuffer.allocate(Long.BYTES).putLong(around.random().nextLong()).array();
            memory.note(count, nonce);
            connection.setAutoCommit(false);
            prepared.update("update self set author = ?, open_count = ?, nonce = ?", new Authors(prepared).key(next),
                    count, nonce);
            connection.commit();
            connection.setAutoCommit(true);
            return next;
        } catch (SQLException e) {
            throw LibraryFiles.failure(data.resolve("database.db"), e);
        } catch (DataAccessException e) {
            throw failure(data, e);
        }
    }

    /// What the database says of the opening before this one.
    ///
    /// @param author key of the incarnation
    private record LastOpening(long author, long count, byte[] nonce) {}

    private static CoreException failure(Path data, DataAccessException e) {
        SQLException cause = e.getCause(SQLException.class);
        if (cause == null) {
            throw e;
        }
        return LibraryFiles.failure(data.resolve("database.db"), cause);
    }

    private static <T> T await(CompletableFuture<T> reply) throws CoreException {
        try {
            return reply.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CoreException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /// The library's id and name and this device's, as committed.
    public record Self(DeviceId device, LibraryId library, String libraryName) {}

    public LibraryWriter writer() {
        return writer;
    }

    /// What happened. For jobs, on the writer's thread; [EventLog#all] also before the first of them.
    public EventLog events() {
        return events;
    }

    public Readers readers() {
        return readers;
    }

    /// Drains the writer, ends the readers, closes the files.
    @Override
    public void close() {
        closeAll(opened);
    }
}
