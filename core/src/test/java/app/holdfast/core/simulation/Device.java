package app.holdfast.core.simulation;

import app.holdfast.core.api.Topic;
import app.holdfast.core.clock.Author;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Job;
import app.holdfast.core.store.MemoryStore;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.sync.SyncDesk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// A device of a simulated fleet: a real library in memory, a clock of its own, ends of wires.
final class Device {

    /// A copy of `database.db`, with what had been acknowledged to the person when it was made.
    record Backup(byte[] image, Map<Author, Long> acknowledged) {}

    /// So few that a fold is often met half done.
    private static final int FOLD_RECORDS = 2;

    final DeviceId id;
    final String name;
    final VirtualTime.Clock clock;
    final List<Wire.End> ends = new ArrayList<>();
    private final World world;
    private final Surroundings around;
    private final Path data;
    private MemoryStore store;
    private SyncDesk desk;
    private Set<DeviceId> members = Set.of();
    private boolean changed;
    private boolean membersKnown;
    private Backup backup;
    private byte[] oldLog;
    private boolean forgot;

    private Device(World world, int number) {
        this.world = world;
        this.id = new DeviceId("%02x".formatted(0x37 * (number + 1) & 0xff).repeat(DeviceId.BYTES));
        this.name = "dev" + number;
        this.clock = world.time().new Clock();
        this.data = world.scratch().resolve(name);
        this.around = new Surroundings(clock, world.chance()::nextLong, Thread::new, world.scratch(),
                new FakeSigning(id));
    }

    /// A library of its own.
    static Device alone(World world, int number) {
        Device device = new Device(world, number);
        device.begin(MemoryStore.create(device.data, device.around, device.id, device::committed));
        return device;
    }

    /// A member of a fleet that was founded before.
    static Device prepared(World world, int number, byte[] image) {
        Device device = new Device(world, number);
        device.begin(MemoryStore.of(device.data, device.around, image, true, device::committed));
        return device;
    }

    private void begin(MemoryStore opened) {
        store = opened;
        desk = new SyncDesk(store.log(), (_, _) -> { }, _ -> { }, FOLD_RECORDS);
    }

    private void committed(MemoryStore.Committed commit) {
        if (!commit.logged().isEmpty()) {
            world.oracle().committed(this, commit.logged());
        }
        changed = true;
        if (commit.topics().contains(Topic.DEVICES)) {
            membersKnown = false;
        }
        if (!commit.topics().isEmpty()) {
            ends.forEach(Wire.End::wake);
        }
    }

    <T> T run(Job<T> job) {
        return store.run(job);
    }

    /// Has the job done that is nothing but a change.
    void change(Consumer<app.holdfast.core.store.Transaction> job) {
        store.run(tx -> {
            job.accept(tx);
            return true;
        });
    }

    MemoryStore store() {
        return store;
    }

    SyncDesk desk() {
        return desk;
    }

    /// Whether it has committed anything since this was asked last.
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    Set<DeviceId> members() {
        if (!membersKnown) {
            members = Set.copyOf(run(tx -> tx.members().all()));
            membersKnown = true;
        }
        return members;
    }

    /// Whether it would let the other one dial, or be dialled by it.
    boolean knows(Device other) {
        return members().contains(other.id);
    }

    /// Dies and is started again.
    void crash() {
        forgetWires();
        store.crash();
        begin(store);
    }

    void crashBeforeLogging(Runnable lastThing) {
        store.loseNextAppend();
        lastThing.run();
        crash();
    }

    void loseLog() {
        forgetWires();
        store.loseLog();
        store.crash();
        begin(store);
    }

    void keepLog() {
        oldLog = store.logImage();
    }

    boolean hasOldLog() {
        return oldLog != null;
    }

    /// Is started with the log as it was some time ago.
    void returnToOldLog() {
        forgetWires();
        store.restoreLog(oldLog);
        store.crash();
        begin(store);
    }

    void backUp() {
        backup = new Backup(store.image(), world.oracle().acknowledgedBy(this));
    }

    boolean hasBackup() {
        return backup != null;
    }

    /// Nothing is left of it but its key: it has an empty library of its own, and is to join again.
    void loseLibrary() {
        forgetWires();
        world.oracle().restored(this, Map.of());
        store.close();
        membersKnown = false;
        forgot = true;
        begin(MemoryStore.create(data, around, id, this::committed));
    }

    /// Whether it may not remember what it claimed. Drives that it does not know are not new to it: they have markers.
    boolean hasForgotten() {
        return forgot;
    }

    /// It covers what all the others cover. What it claimed under an earlier name it claims anew when it is started
    /// (S6), unless it has to get that back first.
    void hasCaughtUp() {
        if (forgot) {
            crash();
        }
        forgot = false;
    }

    /// Is started with `database.db` as it was at the last backup.
    void restore() {
        forgetWires();
        forgot = true;
        world.oracle().restored(this, backup.acknowledged);
        store.close();
        membersKnown = false;
        begin(MemoryStore.of(data, around, backup.image, false, this::committed));
    }

    /// Its clock is right again, and the person has it mend what was stamped before, if it says so (R8).
    void rightClock() {
        clock.skew(0);
        int repaired = run(tx -> tx.isClockAhead() ? tx.repairClock() : 0);
        if (repaired > 0) {
            world.tell("%s repairs %d records", name, repaired);
        }
    }

    private void forgetWires() {
        for (Wire.End end : List.copyOf(ends)) {
            end.vanish();
        }
        ends.clear();
    }

    @Override
    public String toString() {
        return name;
    }
}
