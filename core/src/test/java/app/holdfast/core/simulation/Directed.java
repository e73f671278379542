package app.holdfast.core.simulation;

import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.store.FailingCommit;
import app.holdfast.core.store.Staging;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Counterexamples that random runs meet too rarely, step by step, on three devices. Each is followed by an [Ending],
/// so
/// a scenario only has to bring about what the missing rule would have prevented.
final class Directed {

    static final int DEVICES = 3;
    static final List<String> SCENARIOS = List.of("groupTorn", "prunedByPresent", "foldParentsFirst",
            "repairForgetsTouch", "sentBeforeDurable");

    private static final TagId TAG = new TagId(new UUID(0x4000, 0x8000_0000_0000_0004L));
    private static final EntryId ENTRY = new EntryId(new UUID(0x7000, 0x8000_0000_0000_0007L));

    private static final TagId OTHER_TAG = new TagId(new UUID(0x4000, 0x8000_0000_0000_0005L));
    private static final long DAY_MILLIS = 86_400_000;

    private final World world;
    private final Fleet fleet;
    private final Drive drive;
    private final Device laptop;
    private final Device desktop;
    private final Device tablet;

    Directed(World world, Fleet fleet, Drive drive) {
        this.world = world;
        this.fleet = fleet;
        this.drive = drive;
        this.laptop = fleet.devices.get(0);
        this.desktop = fleet.devices.get(1);
        this.tablet = fleet.devices.get(2);
    }

    void play(String scenario) {
        switch (scenario) {
            case "groupTorn" -> groupTorn();
            case "prunedByPresent" -> prunedByPresent();
            case "foldParentsFirst" -> foldParentsFirst();
            case "repairForgetsTouch" -> repairForgetsTouch();
            case "sentBeforeDurable" -> sentBeforeDurable();
            default -> throw new IllegalArgumentException(scenario);
        }
    }

    private void name(Device device, String name) {
        device.change(tx -> tx.tags().write(TAG, Map.of(Models.NAME, new Value.Text(name))));
    }

    private void talk(Device one, Device other) {
        fleet.link(one, other);
        fleet.settle();
        fleet.hangUpAll();
    }

    /// A device assigns a tag and is forgotten when only the first of what that made has reached another; a third
    /// deletes the tag meanwhile.
    private void groupTorn() {
        name(laptop, "Trips");
        fleet.meet();
        fleet.hangUpAll();
        List<Group> written = world.oracle().listen(() -> laptop.change(tx -> tx.tags().assign(TAG, ENTRY)));
        fleet.link(laptop, desktop);
        Wire wire = fleet.wires.getFirst();
        wire.other.read();
        wire.other.receive(SyncCodec.encode(new SyncMessage.Groups(
                List.of(EncodedGroup.of(written.getFirst())))));
        fleet.hangUpAll();
        tablet.change(tx -> tx.tags().delete(tx.tags().find(TAG).orElseThrow()));
        desktop.change(tx -> tx.members().revoke(laptop.id));
        fleet.forget(laptop);
        drive.move(desktop);
    }

    /// Two of three members have a change; the third is away and finds it in the log when it is back.
    private void prunedByPresent() {
        name(laptop, "Trips");
        talk(laptop, desktop);
        if (laptop.run(_ -> laptop.store().log().changes()) == 0) {
            world.findings().add("PRUNED", "a change that a member has not acknowledged is not in the log any more");
        }
    }

    /// A person deletes a tag in the middle of a fold that brings its assignment and what kept it alive.
    private void foldParentsFirst() {
        name(laptop, "Trips");
        laptop.change(tx -> tx.tags().write(OTHER_TAG, Map.of(Models.NAME, new Value.Text("Work"))));
        fleet.meet();
        fleet.hangUpAll();
        desktop.change(tx -> tx.tags().assign(TAG, ENTRY));
        desktop.change(tx -> tx.tags().write(OTHER_TAG, Map.of(Models.COLOR, new Value.Text("red"))));
        desktop.loseLog();
        fleet.link(laptop, desktop);
        while (laptop.run(tx -> tx.staging().phase()) != Staging.Phase.FOLD && fleet.step()) {
            world.time().pass(1);
        }
        laptop.change(tx -> tx.tags().find(TAG).ifPresent(tx.tags()::delete));
        fleet.settle();
        fleet.hangUpAll();
    }

    /// Two devices of the future: the one deletes a tag that the other has assigned; then the other's clock is mended.
    private void repairForgetsTouch() {
        name(laptop, "Trips");
        fleet.meet();
        fleet.hangUpAll();
        laptop.clock.skew(DAY_MILLIS);
        desktop.clock.skew(DAY_MILLIS);
        laptop.change(tx -> tx.tags().assign(TAG, ENTRY));
        talk(laptop, desktop);
        desktop.change(tx -> tx.tags().delete(tx.tags().find(TAG).orElseThrow()));
        laptop.rightClock();
        desktop.rightClock();
    }

    /// The real writer, whose disk takes the job but not the commit.
    private void sentBeforeDurable() {
        if (FailingCommit.isAnswered(world.scratch().resolve("disk"), laptop.id)) {
            world.findings().add("SENT", "what was not committed was acknowledged");
        }
    }
}
