package app.holdfast.core.simulation;

import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Counterexamples that random runs meet too rarely, step by step, on three devices. Each is followed by an [Ending], so
/// a scenario only has to bring about what the missing rule would have prevented.
final class Directed {

    static final int DEVICES = 3;
    static final List<String> SCENARIOS = List.of("groupTorn", "prunedByPresent");

    private static final TagId TAG = new TagId(new UUID(0x4000, 0x8000_0000_0000_0004L));
    private static final EntryId ENTRY = new EntryId(new UUID(0x7000, 0x8000_0000_0000_0007L));

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
}
