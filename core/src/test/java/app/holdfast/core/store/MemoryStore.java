package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A library whose two files lie in memory and whose writer is whoever calls it: the engine, the tables and the undo
/// of [LibraryWriter], without a thread or a disk. For simulations.
///
/// What has been committed survives [#crash]; all else of a run is lost with it.
public final class MemoryStore implements Transactor, AutoCloseable {

    /// What one job committed.
    ///
    /// @param logged what went to the log: groups written here and groups admitted
    public record Committed(Set<Topic> topics, List<Group> logged) {}

    private final Path data;
    private final Surroundings around;
    private final Consumer<Committed> announce;
    private final MemoryFile catalogue;
    private MemoryFile logFile;
    private WriterState state;
    private ChangeLog log;
    private SequenceNote note;
    private boolean losesNextAppend;

    private MemoryStore(Path data, Surroundings around, Consumer<Committed> announce, MemoryFile catalogue)
            throws SQLException {
        this.data = data;
        this.around = around;
        this.announce = announce;
        this.catalogue = catalogue;
        this.logFile = MemoryFile.of(MemoryImages.log());
    }

    /// A new library with this device as its only member.
    public static MemoryStore create(Path data, Surroundings around, DeviceId device,
            Consumer<Committed> announce) {
        try {
            var store = new MemoryStore(data, around, announce, MemoryFile.of(MemoryImages.catalogue()));
            store.catalogue.setAutoCommit(false);
            List<EncodedGroup> written = LibraryStore.found(store.catalogue, device, "device", around);
            store.remember(0, new byte[0]);
            store.catalogue.commit();
            announce.accept(new Committed(Set.of(), groups(written)));
            store.open();
            return store;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A library from the bytes of its `database.db`, as [#image] gave them: prepared, restored or copied.
    ///
    /// @param remembered whether this is the last opening of the directory that the user's state knows of (R7)
    public static MemoryStore of(Path data, Surroundings around, byte[] image, boolean remembered,
            Consumer<Committed> announce) {
        try {
            var store = new MemoryStore(data, around, announce,
                    remembered ? MemoryFile.of(image) : MemoryFile.once(image));
            if (remembered) {
                try (var prepared = new Prepared(store.catalogue)) {
                    prepared.first("select open_count, nonce from self", row -> {
                        store.remember(row.getLong(1), row.getBytes(2));
                        return true;
                    });
                }
            }
            store.open();
            return store;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Notes what an opening of this directory would have noted, and no more: earlier runs used the same name.
    private void remember(long openCount, byte[] nonce) {
        OpeningMemory memory = new OpeningMemory(around.memory(), data);
        memory.note(openCount, nonce);
        try {
            Files.deleteIfExists(memory.written());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What [LibraryStore#open] does with its files.
    private void open() {
        try {
            catalogue.setAutoCommit(true);
            Author author = LibraryStore.countOpening(data, catalogue, around);
            state = new WriterState(catalogue, around);
            if (note != null) {
                note.close();
            }
            note = state.noteWritten(new OpeningMemory(around.memory(), data).written());
            VersionVector vector = new Transaction(state).shared().vector();
            log = new ChangeLog(logFile, author, state.openCount(), vector);
            catalogue.setAutoCommit(false);
        } catch (CoreException | SQLException e) {
            throw new IllegalStateException(e);
        }
        run(LibraryStore::reclaim);
        while (!run(LibraryStore::endFold)) {
            continue;
        }
    }

    /// The process dies and is started again; what was committed is there.
    public void crash() {
        try {
            catalogue.takeBack();
            logFile.takeBack();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        open();
    }

    /// The next group committed reaches no log: the process is to die before it is appended.
    public void loseNextAppend() {
        losesNextAppend = true;
    }

    /// `sync.db` is deleted while the process is down.
    public void loseLog() {
        try {
            logFile.close();
            logFile = MemoryFile.of(MemoryImages.log());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `sync.db` is replaced by an older one while the process is down.
    public void restoreLog(byte[] image) {
        try {
            logFile.close();
            logFile = MemoryFile.once(image);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The bytes of `database.db` as committed.
    public byte[] image() {
        return bytes(catalogue);
    }

    /// The bytes of `sync.db`.
    public byte[] logImage() {
        return bytes(logFile);
    }

    private static byte[] bytes(MemoryFile connection) {
        try {
            return connection.serialize("main");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public ChangeLog log() {
        return log;
    }

    /// @return what the job said
    /// @throws IllegalStateException when it failed, whatever of: nothing in a simulation is refused
    public <T> T run(Job<T> job) {
        return submit(job).join();
    }


    @Override
    public <T> CompletableFuture<T> submit(Job<T> job) {
        Transaction tx = new Transaction(state);
        T result;
        try {
            result = job.run(tx);
            tx.finish();
            state.noteWritten();
            catalogue.commit();
        } catch (CoreException | SQLException e) {
            undo();
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException e) {
            undo();
            throw e;
        }
        List<EncodedGroup> toLog = tx.toLog();
        if (tx.forgetsLog()) {
            log.forgetGroups();
        }
        if (!toLog.isEmpty() && !losesNextAppend) {
            log.append(toLog);
        }
        losesNextAppend = false;
        Set<Topic> topics = tx.topics().isEmpty() ? EnumSet.noneOf(Topic.class) : EnumSet.copyOf(tx.topics());
        announce.accept(new Committed(topics, groups(toLog)));
        return CompletableFuture.completedFuture(result);
    }

    private static List<Group> groups(List<EncodedGroup> logged) {
        return logged.stream().map(EncodedGroup::group).toList();
    }

    private void undo() {
        try {
            catalogue.rollback();
            state.reload();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What this device holds, as an oracle looks at it.
    public MemoryContent content() {
        return MemoryContent.read(new Transaction(state));
    }

    public LibraryHash hash() {
        return new LibraryHashing(catalogue).hash();
    }

    @Override
    public void close() {
        try {
            note.close();
            catalogue.close();
            logFile.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
