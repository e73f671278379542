package app.holdfast.core.simulation;

import app.holdfast.core.api.TagRow;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.Staging;
import app.holdfast.core.store.TestSql;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Three devices of one library that hold the same, a drive in the first of them, and what scenarios have them do, in
/// words. Nothing of it is drawn but the order in which devices that are left alone talk.
final class Scene {

    static final int DEVICES = 3;
    static final TagId TAG = tag(4);
    static final TagId OTHER_TAG = tag(5);
    static final EntryId ENTRY = new EntryId(new UUID(0x7000, 0x8000_0000_0000_0007L));
    static final long DAY_MILLIS = 86_400_000;
    /// So many tags that a fold of them takes many turns.
    private static final int MANY = 16;
    private static final int FIRST_OF_MANY = 0x100;

    final World world;
    final Fleet fleet;
    final Drive drive;
    final Device laptop;
    final Device desktop;
    final Device tablet;

    Scene(World world, Fleet fleet, Drive drive) {
        this.world = world;
        this.fleet = fleet;
        this.drive = drive;
        this.laptop = fleet.devices.get(0);
        this.desktop = fleet.devices.get(1);
        this.tablet = fleet.devices.get(2);
    }

    private static TagId tag(int number) {
        return new TagId(new UUID(0x4000, 0x8000_0000_0000_0000L + number));
    }

    void name(Device device, TagId tag, String name) {
        write(device, tag, Models.NAME, new Value.Text(name));
    }

    void color(Device device, TagId tag, String color) {
        write(device, tag, Models.COLOR, new Value.Text(color));
    }

    void put(Device device, TagId tag, TagId parent) {
        write(device, tag, Models.PARENT, new Value.Ref(parent.value()));
    }

    private static void write(Device device, TagId tag, String field, Value value) {
        device.change(tx -> tx.tags().write(tag, Map.of(field, value)));
    }

    /// One change for each of many tags.
    void nameMany(Device device) {
        for (int number = 0; number < MANY; number++) {
            name(device, tag(FIRST_OF_MANY + number), "tag " + number);
        }
    }

    TagId firstOfMany() {
        return tag(FIRST_OF_MANY);
    }

    /// The last of them in the order of their ids, which is the one of folds.
    TagId lastOfMany() {
        return tag(FIRST_OF_MANY + MANY - 1);
    }

    /// Deletes those of them that the device shows.
    ///
    /// @return how many
    int deleteMany(Device device) {
        int deleted = 0;
        for (int number = 0; number < MANY; number++) {
            deleted += delete(device, tag(FIRST_OF_MANY + number)) ? 1 : 0;
        }
        return deleted;
    }

    void assign(Device device, TagId tag) {
        device.change(tx -> tx.tags().assign(tag, ENTRY));
    }

    /// Deletes a tag if the device shows it.
    boolean delete(Device device, TagId tag) {
        return device.run(tx -> {
            Optional<TagRow> found = tx.tags().find(tag);
            found.ifPresent(tx.tags()::delete);
            return found.isPresent();
        });
    }

    boolean has(Device device, TagId tag) {
        return device.run(tx -> tx.tags().find(tag).isPresent());
    }

    Staging.Phase phase(Device device) {
        return device.run(tx -> tx.staging().phase());
    }

    /// Whether it is to fold and has folded nothing yet.
    private boolean isListing(Device device) {
        return device.run(TestSql::isListing);
    }

    /// Everybody hears of everything.
    void meet() {
        fleet.meet();
        fleet.hangUpAll();
    }

    /// These two tell each other all they can, and end.
    void talk(Device one, Device other) {
        Wire wire = link(one, other);
        until(wire, () -> false);
        hangUp(wire);
    }

    Wire link(Device one, Device other) {
        fleet.link(one, other);
        return fleet.wires.getLast();
    }

    void hangUp(Wire wire) {
        wire.one.hangUp();
        wire.other.hangUp();
    }

    /// These two talk, side after side, until something has come about or neither has anything to say.
    void until(Wire wire, BooleanSupplier isReached) {
        boolean goesOn = true;
        while (goesOn && !isReached.getAsBoolean()) {
            goesOn = step(wire.one);
            if (!isReached.getAsBoolean()) {
                goesOn |= step(wire.other);
            }
            world.time().pass(1);
        }
    }

    private static boolean step(Wire.End end) {
        if (end.hasMail()) {
            end.read();
            return true;
        }
        if (end.wantsNews()) {
            end.news();
            return true;
        }
        return false;
    }

    /// The two are linked and it is one of them that compares, its peer's log having been lost.
    ///
    /// @return the link, at the moment when what the device does has come so far
    Wire compare(Device by, Device with, Staging.Phase phase) {
        with.loseLog();
        Wire wire = link(by, with);
        until(wire, () -> phase(by) == phase && !isListing(by));
        if (phase(by) != phase) {
            world.findings().add("SCENE", by + " does not come to " + phase);
        }
        return wire;
    }

    /// Of all that one device might say to the other only this arrives.
    void tell(Device from, Device to, Group group) {
        Wire wire = link(from, to);
        Wire.End end = wire.one.device == to ? wire.one : wire.other;
        end.read();
        end.receive(SyncCodec.encode(new SyncMessage.Groups(List.of(EncodedGroup.of(group)))));
        hangUp(wire);
    }

    /// The groups that this makes the devices commit.
    List<Group> written(Runnable change) {
        return world.oracle().listen(change);
    }

    /// Notes what a scenario finds by itself, before the ending.
    void claim(boolean holds, String kind, String otherwise) {
        if (!holds) {
            world.findings().add(kind, otherwise);
        }
    }
}
