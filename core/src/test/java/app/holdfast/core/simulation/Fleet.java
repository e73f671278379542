package app.holdfast.core.simulation;

import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.store.Joining;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// The devices of one library and the wires between them.
final class Fleet {

    /// Steps that devices which are left alone may take until they have nothing to say.
    private static final int STEPS_MAX = 20_000;
    /// A device does not hold more wires to another than the one in use and one that it has not given up yet.
    private static final int WIRES_OF_A_PAIR_MAX = 2;

    final List<Device> devices = new ArrayList<>();
    final List<Wire> wires = new ArrayList<>();
    final Mischief mischief;
    private final Set<Device> apart = new HashSet<>();
    /// Those that do not belong any more.
    private final List<Device> gone = new ArrayList<>();
    private final World world;

    private Fleet(World world, int mischiefPercent) {
        this.world = world;
        this.mischief = new Mischief(world, mischiefPercent);
    }

    static Fleet founded(World world, int size, int mischiefPercent) {
        Fleet fleet = new Fleet(world, mischiefPercent);
        Founding founding = Founding.of(size);
        founding.groups().forEach(world.oracle()::knows);
        for (int number = 0; number < size; number++) {
            fleet.devices.add(Device.prepared(world, number, founding.image(number)));
        }
        return fleet;
    }

    static Fleet empty(World world) {
        return new Fleet(world, 0);
    }

    Device any() {
        return devices.get(world.draw(devices.size()));
    }

    /// Two groups of devices cannot reach each other, or all can again.
    void part() {
        apart.clear();
        if (world.happens(60)) {
            devices.stream().filter(_ -> world.happens(40)).forEach(apart::add);
        }
        world.tell("apart from the others: %s", apart);
        wires.stream().filter(wire -> !reach(wire.one.device, wire.other.device)).forEach(Wire::cut);
    }

    private boolean reach(Device one, Device other) {
        return apart.contains(one) == apart.contains(other);
    }

    boolean mayLink(Device one, Device other) {
        return one != other && reach(one, other) && one.knows(other) && other.knows(one);
    }

    void link(Device one, Device other) {
        wires.removeIf(Wire::isOver);
        List<Wire> old = wires.stream().filter(wire -> isBetween(wire, one, other)).toList();
        if (old.size() == WIRES_OF_A_PAIR_MAX || old.stream().anyMatch(wire -> !wire.isCut()) && !world.happens(10)) {
            return;
        }
        if (world.happens(90)) {
            old.forEach(Fleet::end);
        }
        wires.add(Wire.open(world, mischief, one, other));
    }

    private static boolean isBetween(Wire wire, Device one, Device other) {
        return wire.one.device == one && wire.other.device == other
                || wire.one.device == other && wire.other.device == one;
    }

    private static void end(Wire wire) {
        wire.one.hangUp();
        wire.other.hangUp();
    }

    List<Wire.End> ends() {
        wires.removeIf(Wire::isOver);
        var ends = new ArrayList<Wire.End>();
        for (Wire wire : wires) {
            ends.add(wire.one);
            ends.add(wire.other);
        }
        return ends;
    }

    /// Some end takes a step, if any has one to take.
    boolean step() {
        List<Wire.End> ready = ends().stream().filter(end -> end.hasMail() || end.wantsNews()).toList();
        if (ready.isEmpty()) {
            return false;
        }
        Wire.End end = ready.get(world.draw(ready.size()));
        if (!end.device.knows(end.peer)) {
            end.hangUp();
        } else if (end.hasMail() && (!end.wantsNews() || world.happens(70))) {
            end.read();
        } else {
            end.news();
        }
        return true;
    }

    /// Until nobody has anything to say.
    void settle() {
        int steps = 0;
        while (step()) {
            if (++steps > STEPS_MAX) {
                world.findings().add("LIVELOCK", "the devices never stop talking");
                return;
            }
        }
    }

    void hangUpAll() {
        wires.forEach(Fleet::end);
        wires.clear();
    }

    /// No trouble any more: everyone reaches everyone and every clock is right.
    void heal() {
        apart.clear();
        mischief.end();
        hangUpAll();
        devices.forEach(Device::rightClock);
    }

    /// Two devices of which the one never heard of the other, because who invited it is gone, have no way to meet.
    void keepWhoIsConnected() {
        var connected = new ArrayList<>(List.of(devices.getFirst()));
        for (int i = 0; i < connected.size(); i++) {
            Device one = connected.get(i);
            devices.stream().filter(other -> !connected.contains(other) && mayLink(one, other))
                    .forEach(connected::add);
        }
        devices.stream().filter(device -> !connected.contains(device)).forEach(gone::add);
        devices.retainAll(connected);
    }

    /// Links all devices with as few links as will do, another way each time, and lets them talk.
    void meet() {
        meet(devices);
    }

    /// Two devices talk until they have nothing to say, and nobody else with them.
    void visit(Device one, Device other) {
        if (mayLink(one, other)) {
            List.copyOf(one.ends).forEach(end -> end(end.wire()));
            link(one, other);
            settle();
            List.copyOf(one.ends).forEach(end -> end(end.wire()));
        }
    }

    /// Nobody hears or sees one device for a while, and the others talk until they have nothing to say.
    void meetWithout(Device away) {
        List.copyOf(away.ends).forEach(end -> end(end.wire()));
        meet(devices.stream().filter(device -> device != away).toList());
    }

    /// Whether two devices hold the same cut of a stream, and only one has heard of its owner that it has seen all.
    boolean isHeardBySome(UUID subject) {
        var heard = new TreeMap<String, Boolean>();
        for (Device device : devices) {
            Optional<Holding> held = device.run(tx -> tx.streams().holding(subject))
                    .filter(one -> !one.own() && one.servable());
            if (held.isPresent()) {
                boolean asserted = held.get().asserted();
                Boolean other = heard.put(held.get().claim().id() + " " + held.get().mark(), asserted);
                if (other != null && other != asserted) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether a device has rows that one that is gone has said about itself, beyond the cut that it holds. Nobody else
    /// gets them, and it lets go of none: the price of ADR 244. A drive is claimed by another; this stream is not.
    boolean isWaitingInVain() {
        Set<UUID> here = new HashSet<>();
        devices.forEach(device -> here.add(device.id.subject()));
        return devices.stream().anyMatch(device -> device.run(tx -> tx.streams().all()).stream()
                .anyMatch(held -> held.claim().owner().subject().equals(held.claim().subject())
                        && held.asserted() && held.received() > held.mark()
                        && !here.contains(held.claim().subject())));
    }

    /// Whether anybody has a cut of a stream for others.
    boolean isServed(UUID subject) {
        return devices.stream().anyMatch(device -> device.run(tx -> tx.streams().holding(subject))
                .filter(Holding::servable).isPresent());
    }

    private void meet(List<Device> those) {
        List<Device> linked = new ArrayList<>();
        List<Device> waiting = new ArrayList<>(those);
        while (!waiting.isEmpty()) {
            Device next = waiting.remove(world.draw(waiting.size()));
            List<Device> near = linked.stream().filter(other -> mayLink(next, other)).toList();
            if (!near.isEmpty()) {
                link(next, near.get(world.draw(near.size())));
            }
            linked.add(next);
        }
        settle();
    }

    /// Whether all have seen the same changes.
    boolean coversTheSame() {
        VersionVector first = devices.getFirst().run(tx -> tx.shared().vector());
        return devices.stream().allMatch(device -> device.run(tx -> tx.shared().vector()).equals(first));
    }

    boolean isEqual() {
        if (!coversTheSame()) {
            return false;
        }
        String hash = devices.getFirst().store().hash().toString();
        return devices.stream().allMatch(device -> device.store().hash().toString().equals(hash));
    }

    void join(Device fresh, Device inviter) {
        moveIn(fresh, inviter);
        devices.add(fresh);
    }

    /// A device with a library of its own moves into this one, as pairing has it.
    void moveIn(Device fresh, Device inviter) {
        LibraryId library = inviter.run(tx -> tx.state().library());
        Set<DeviceId> members = inviter.members();
        inviter.change(tx -> tx.members().admit(fresh.id, fresh.name));
        fresh.run(tx -> {
            Author author = new Author(new UUID(world.chance().nextLong(), world.chance().nextLong()));
            Joining.join(tx, library, "shared", author);
            members.stream().sorted().forEach(member -> tx.members().admitIfUnknown(member, "device"));
            return true;
        });
        world.oracle().joined(fresh, fresh.run(tx -> tx.state().author()));
    }

    void forget(Device device) {
        devices.remove(device);
        gone.add(device);
        List.copyOf(device.ends).forEach(end -> end.wire().cut());
        device.ends.forEach(Wire.End::vanish);
    }

    void close() {
        devices.forEach(device -> device.store().close());
        gone.forEach(device -> device.store().close());
    }
}
