package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.clock.Author;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.index.LocalDisk;
import app.holdfast.core.index.Scan;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.Job;
import app.holdfast.core.store.Joining;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.OwnRecords;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.Presence;
import app.holdfast.core.store.Staging;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.store.TestSql;
import app.holdfast.core.sync.wire.SyncCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// A library on disk whose sessions are pumped by hand, in one thread and without a network.
final class TestDevice implements AutoCloseable {

    /// No two openings draw the same ids, not even those of another process ([CrashChild]).
    private static final AtomicInteger OPENED = new AtomicInteger(Integer.getInteger("holdfast.opened", 0));

    final int number;
    final DeviceId id;
    final LibraryStore store;
    SyncDesk desk;
    /// Whose clocks were said to be ahead, and what was noted for people.
    final List<DeviceId> ahead = new ArrayList<>();
    final List<SyncNote> notes = new ArrayList<>();
    private final Path data;
    private final Random random;
    /// The wall clock.
    long nowMillis = 5_000_000_000L;
    /// What was sent to it, in frames as they travel.
    long bytesReceived;
    /// Dots whose contents were sent to it.
    long contentsReceived;

    TestDevice(Path data, int number) throws Exception {
        this(data, number, ModelRegistry.CORE);
    }

    /// @param models what this device's build knows
    TestDevice(Path data, int number, ModelRegistry models) throws Exception {
        this.data = data;
        this.number = number;
        Files.createDirectories(data);
        random = new Random(number * 1_000_000L + OPENED.incrementAndGet());
        id = new DeviceId(String.format("%02x", number).repeat(32));
        Surroundings around = new Surroundings(() -> nowMillis, random::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(id), models);
        if (!LibraryStore.exists(data)) {
            LibraryStore.create(data, id, "device " + number, around);
        }
        store = LibraryStore.open(data, around, _ -> { });
        desk = new SyncDesk(store.writer().log(), (device, _) -> ahead.add(device), notes::add);
    }

    /// Conversations that begin from now on compare unasked. To be called before any of them.
    void checksItself() {
        desk = new SyncDesk(store.writer().log(), (device, _) -> ahead.add(device), notes::add, random::nextLong);
    }

    /// What was compared is folded in so slowly that others are heard meanwhile. As above, to be called before any.
    void foldsOneRecordAtATime() {
        desk = new SyncDesk(store.writer().log(), (device, _) -> ahead.add(device), notes::add, 1);
    }

    /// So many things of a kind that were noted.
    long noted(SyncEvent.Kind kind) {
        return notes.stream().filter(note -> note.kind() == kind).count();
    }

    <T> T run(Job<T> job) throws Exception {
        return store.writer().submit(job).get();
    }

    /// Makes a folder of this machine a location of the device.
    LocationId addLocation(Path top, VolumeId volume) throws Exception {
        return addLocation(top, new LocationId(run(tx -> tx.ids().next())), volume);
    }

    LocationId addLocation(Path top, LocationId id, VolumeId volume) throws Exception {
        return run(tx -> {
            if (tx.streams().holding(volume.value()).isEmpty()) {
                tx.own().addVolume(volume, new OwnRecords.VolumeFacts("disk", "ext4", "", 0, top.toString()));
            }
            tx.own().addLocation(id, volume, "things", new byte[0]);
            return id;
        });
    }

    /// Scans a location to its end.
    void scan(LocationId location, VolumeId volume, Path top) throws Exception {
        assertThat(scanned(location, volume, top).state()).isEqualTo(ScanProgress.State.DONE);
    }

    /// Scans a location, as far as that goes.
    ScanProgress scanned(LocationId location, VolumeId volume, Path top) throws Exception {
        Scan.Order order = new Scan.Order(location, "things", volume, top.toRealPath());
        ScanProgress last = new Scan(order, new LocalDisk(), store.writer(), _ -> { }).run();
        if (last.state() == ScanProgress.State.DONE) {
            run(tx -> tx.own().scanned(location, volume));
        }
        return last;
    }

    /// Two devices of one library.
    static void pair(TestDevice one, TestDevice other) throws Exception {
        other.join(one.run(tx -> tx.state().library()));
        one.knows(other);
        other.knows(one);
    }

    /// The first one's library on all of them, each of which knows all.
    static void group(TestDevice first, TestDevice... others) throws Exception {
        LibraryId library = first.run(tx -> tx.state().library());
        List<TestDevice> all = new ArrayList<>(List.of(others));
        for (TestDevice other : others) {
            other.join(library);
        }
        all.addFirst(first);
        for (TestDevice one : all) {
            for (TestDevice known : all) {
                one.knows(known);
            }
        }
    }

    /// Opened anew without its `sync.db`: it has to be compared with.
    TestDevice withoutLog() throws Exception {
        close();
        Files.delete(data.resolve("sync.db"));
        TestDevice opened = new TestDevice(data, number);
        opened.nowMillis = nowMillis;
        return opened;
    }

    /// As when somebody removed `sync.db`.
    void loseLog() throws Exception {
        run(_ -> {
            desk.log().clear();
            return true;
        });
    }

    Holding holding(VolumeId volume) throws Exception {
        return run(tx -> tx.streams().holding(volume.value()).orElseThrow());
    }

    /// What lies in the top of a location.
    List<UUID> entryIds(LocationId location) throws Exception {
        Presence presence = new Presence(id, Set.of(), Set.of());
        return store.readers().ask(reader -> {
            var keys = reader.entries().keys(new EntryScope.Folder(location, Optional.empty()), EntrySort.BY_NAME,
                    presence);
            return reader.entries().rows(keys.from(0, 100), presence).stream().map(row -> row.id().value()).toList();
        }).get();
    }

    /// Changes a table behind the program's back.
    int sql(String sql) throws Exception {
        return run(tx -> TestSql.execute(tx, sql));
    }

    long entries() throws Exception {
        return hash().rows().getOrDefault(Models.ENTRY, 0L);
    }

    LibraryHash hash() throws Exception {
        return store.readers().ask(reader -> reader.hash()).get();
    }

    void edit(UUID tag, String field, String value) throws Exception {
        run(tx -> {
            tx.shared().edit(Models.TAG, tag, Map.of(field, new Value.Text(value)));
            return true;
        });
    }

    Optional<Snapshot> tag(UUID tag) throws Exception {
        return run(tx -> tx.shared().merged(Models.TAG, tag));
    }

    boolean isClockAhead() throws Exception {
        return run(tx -> tx.isClockAhead());
    }

    /// Copies the catalogue as a person with a backup program does.
    void backUp(Path to) throws Exception {
        Path from = data.resolve("database.db");
        store.readers().ask(reader -> reader.summary()).get();
        Files.copy(from, to);
        Path log = data.resolve("database.db-wal");
        if (Files.exists(log)) {
            Files.copy(log, to.resolveSibling(to.getFileName() + "-wal"));
        }
    }

    boolean isFolding() throws Exception {
        return run(tx -> tx.staging().phase() == Staging.Phase.FOLD);
    }

    /// So many new tags, written together.
    void editMany(int first, int count) throws Exception {
        run(tx -> {
            for (int i = first; i < first + count; i++) {
                tx.shared().edit(Models.TAG, tagOf(i), Map.of(Models.NAME, new Value.Text("tag " + i)));
            }
            return true;
        });
    }

    /// One of those.
    static UUID tagOf(int number) {
        return new UUID(0x7000_0000_0000L + number, number);
    }

    long loggedChanges() throws Exception {
        return run(_ -> desk.log().changes());
    }

    void join(LibraryId library) throws Exception {
        run(tx -> {
            Joining.join(tx, library, "shared", new Author(new UUID(random.nextLong(), random.nextLong())));
            return true;
        });
    }

    void knows(TestDevice other) throws Exception {
        run(tx -> {
            tx.members().admit(other.id, "other");
            return true;
        });
    }

    @Override
    public void close() {
        store.close();
    }

    /// A conversation in which both look whether they hold the same although nothing was missed.
    static void check(TestDevice one, TestDevice other) throws Exception {
        SyncSession atOne = new SyncSession(one.desk, other.id);
        SyncSession atOther = new SyncSession(other.desk, one.id);
        Queue<SyncMessage> toOther = new ArrayDeque<>(one.run(atOne::open).say());
        Queue<SyncMessage> toOne = new ArrayDeque<>(other.run(atOther::open).say());
        exchange(new Side(one, atOne, toOne), new Side(other, atOther, toOther), _ -> false);
        toOther.addAll(one.run(atOne::selfCheck).say());
        exchange(new Side(one, atOne, toOne), new Side(other, atOther, toOther), _ -> false);
        one.end(atOne);
        other.end(atOther);
    }

    /// A conversation between two devices, until neither has anything to say.
    static void talk(TestDevice one, TestDevice other) throws Exception {
        talk(one, other, Integer.MAX_VALUE);
    }

    /// The same, broken off after so many messages.
    ///
    /// @return whether both had said all
    static boolean talk(TestDevice one, TestDevice other, int messagesMax) throws Exception {
        return talk(one, other, messages -> messages >= messagesMax);
    }

    /// When a conversation is broken off.
    @FunctionalInterface
    interface Until {
        boolean reached(int messages) throws Exception;
    }

    /// The same, broken off when something has come about.
    static boolean talk(TestDevice one, TestDevice other, Until end) throws Exception {
        SyncSession atOne = new SyncSession(one.desk, other.id);
        SyncSession atOther = new SyncSession(other.desk, one.id);
        Queue<SyncMessage> toOther = new ArrayDeque<>(one.run(atOne::open).say());
        Queue<SyncMessage> toOne = new ArrayDeque<>(other.run(atOther::open).say());
        exchange(new Side(one, atOne, toOne), new Side(other, atOther, toOther), end);
        one.end(atOne);
        other.end(atOther);
        return toOther.isEmpty() && toOne.isEmpty();
    }

    /// One side of a conversation.
    ///
    /// @param inbox what the other has said
    private record Side(TestDevice device, SyncSession session, Queue<SyncMessage> inbox) {

        private boolean isQuiet() throws Exception {
            return inbox.isEmpty() && !device.isFolding();
        }

        /// What the announcement of a commit brings about: a fold in parts goes on.
        private int foldsOn(Queue<SyncMessage> said) throws Exception {
            if (!inbox.isEmpty() || !device.isFolding()) {
                return 0;
            }
            said.addAll(device.run(session::news).say());
            return 1;
        }
    }

    private static void exchange(Side one, Side other, Until end) throws Exception {
        int turns = 0;
        while (!end.reached(turns) && !(one.isQuiet() && other.isQuiet())) {
            turns += deliver(other.inbox, other.device, other.session, one.inbox)
                    + deliver(one.inbox, one.device, one.session, other.inbox);
            if (!end.reached(turns)) {
                turns += one.foldsOn(other.inbox) + other.foldsOn(one.inbox);
            }
            assertThat(turns).as("they never stop talking").isLessThan(100_000);
        }
    }

    private void end(SyncSession session) throws Exception {
        run(_ -> {
            session.end();
            return true;
        });
    }

    private static int deliver(Queue<SyncMessage> from, TestDevice to, SyncSession session, Queue<SyncMessage> back)
            throws Exception {
        SyncMessage said = from.poll();
        if (said == null) {
            return 0;
        }
        byte[] frame = SyncCodec.encode(said);
        SyncMessage message = SyncCodec.decode(frame);
        to.bytesReceived += frame.length;
        if (message instanceof SyncMessage.Contents contents) {
            to.contentsReceived += contents.contents().size();
        }
        Turn turn = to.run(tx -> session.receive(tx, message));
        assertThat(turn.violation()).as(message.toString()).isEmpty();
        back.addAll(turn.say());
        return 1;
    }
}
