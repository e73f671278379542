package app.holdfast.core.simulation;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// What happens in one run: steps drawn from all that people, networks, clocks and disks do. Most stories are short and
/// of few devices, for nearly every bug shows in a small one; some are long, and a few are of many devices.
final class Story {

    /// Which trouble there is at all, drawn first, so that many runs have little of it and show single faults.
    record Troubles(boolean skews, boolean crashes, boolean restores, boolean parts, boolean moves, boolean forgets,
            boolean drives, boolean loses) {

        static Troubles draw(World world) {
            boolean calm = world.happens(15);
            return new Troubles(!calm && world.happens(40), !calm && world.happens(60), !calm && world.happens(30),
                    world.happens(60), world.happens(60), world.happens(30), world.happens(60),
                    !calm && world.happens(20));
        }
    }

    private static final int DEVICES_MAX = 7;
    private static final int TAGS = 4;
    private static final int ENTRIES = 2;
    /// Of so many kinds of edits, all but the last three are about tags.
    private static final int EDITS = 13;
    private static final int TAG_EDITS = 10;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long HOURS_MILLIS = 12 * 3_600_000;
    private static final String[] NAMES = {"Trips", "Work", "Old", "New"};
    private static final String[] COLORS = {"red", "blue", "green"};

    final Fleet fleet;
    /// If there are any in this story.
    final Optional<Drives> drives;
    final Troubles troubles;
    private final World world;
    private final Noting noting;
    private final List<Consumer<Device>> dangers;
    private final Optional<Watchman> watchman;
    private int made;

    Story(World world) {
        this.world = world;
        this.noting = new Noting(world);
        this.troubles = Troubles.draw(world);
        int size = size();
        this.fleet = Fleet.founded(world, size, world.happens(50) ? 0 : world.draw(31));
        this.made = size;
        this.drives = troubles.drives ? Optional.of(new Drives(world, fleet, troubles.moves)) : Optional.empty();
        if (troubles.loses || world.happens(30)) {
            drives.ifPresent(Drives::begin);
        }
        this.dangers = dangers();
        this.watchman = world.isWatched() ? Optional.of(new Watchman(world, fleet,
                drives.map(found -> found.all).orElse(List.of()))) : Optional.empty();
        world.tell("%d devices, %s", size, troubles);
    }

    private int size() {
        int drawn = world.draw(1_000);
        return drawn < 39 ? 5 + world.draw(3) : drawn < 130 ? 4 : drawn < 370 ? 3 : 2;
    }

    void run() {
        int steps = world.happens(15) ? 20 + world.draw(51) : 8 + world.draw(19);
        for (int step = 0; step < steps && world.findings().isEmpty(); step++) {
            world.time().pass(world.happens(5) ? world.draw(90_000) : world.draw(3_000));
            step(world.draw(100));
            world.trace().note(world.time().now());
            watchman.ifPresent(Watchman::look);
        }
    }

    private void step(int drawn) {
        if (drawn < 26) {
            edit(fleet.any());
        } else if (drawn < 52) {
            for (int left = 1 + world.draw(6); left > 0 && fleet.step(); left--) {
                world.time().pass(world.draw(200));
            }
        } else if (drawn < 67) {
            link();
        } else if (drawn < 72) {
            unlink();
        } else if (drawn < 87) {
            drives.ifPresentOrElse(Drives::step, () -> edit(fleet.any()));
        } else if (drawn < 89) {
            replay();
        } else {
            dangers.get(world.draw(dangers.size())).accept(fleet.any());
        }
    }

    private void link() {
        Device one = fleet.any();
        Device other = fleet.any();
        if (fleet.mayLink(one, other)) {
            fleet.link(one, other);
        }
    }

    private void unlink() {
        List<Wire.End> ends = fleet.ends();
        if (!ends.isEmpty()) {
            Wire.End end = ends.get(world.draw(ends.size()));
            world.tell("the link of %s and %s breaks", end.device, end.peer);
            end.wire().cut();
            world.happened(Happening.LINK_BROKEN);
            if (world.happens(70)) {
                end.hangUp();
            }
        }
    }

    private void replay() {
        List<Wire.End> ends = fleet.ends().stream().filter(Wire.End::hasHeard).toList();
        if (fleet.mischief.hasKept() && !ends.isEmpty()) {
            ends.get(world.draw(ends.size())).receive(fleet.mischief.takeKept());
            world.happened(Happening.GROUPS_LATE);
        }
    }

    /// What this story has of trouble, each as often as it is to be drawn among them.
    private List<Consumer<Device>> dangers() {
        var dangers = new ArrayList<Consumer<Device>>(List.of(this::join, _ -> world.time().pass(world.draw(120_000)),
                device -> device.change(tx -> tx.own().renameDevice(NAMES[world.draw(NAMES.length)]))));
        if (troubles.crashes) {
            dangers.addAll(List.of(this::crash, this::crash, this::turnLogBack, this::turnLogBack,
                    this::loseLog));
        }
        if (troubles.restores) {
            dangers.addAll(List.of(this::backUp, this::restore, this::restore));
        }
        if (troubles.loses) {
            dangers.addAll(List.of(this::loseLibrary, this::loseLibrary));
        }
        if (troubles.parts) {
            dangers.add(_ -> part());
        }
        if (troubles.forgets) {
            dangers.addAll(List.of(this::forget, this::forget));
        }
        if (troubles.skews) {
            dangers.addAll(List.of(this::skew, this::skew));
        }
        return dangers;
    }

    private void loseLog(Device device) {
        world.tell("%s loses its log", device);
        world.happened(Happening.LOG_LOST);
        device.loseLog();
    }

    private void backUp(Device device) {
        world.tell("%s is backed up", device);
        device.backUp();
    }

    /// Whoever has a backup goes back to it; if nobody has one, there is one from now on.
    private void restore(Device otherwise) {
        List<Device> able = fleet.devices.stream().filter(Device::hasBackup).toList();
        if (able.isEmpty()) {
            backUp(otherwise);
            return;
        }
        Device device = able.get(world.draw(able.size()));
        world.tell("%s is RESTORED", device);
        drives.ifPresent(Drives::giveUpScans);
        drives.ifPresent(Drives::anyCutMayReturn);
        world.happened(Happening.RESTORED_BACKUP);
        device.restore();
    }

    /// A device, one that has a drive mostly, has nothing left but its key and its drives, and joins again.
    private void loseLibrary(Device otherwise) {
        Device device = drives.isPresent() && world.happens(70) ? drives.get().any().holder : otherwise;
        List<Device> inviters = fleet.devices.stream().filter(other -> fleet.mayLink(other, device)).toList();
        if (inviters.isEmpty()) {
            return;
        }
        Device inviter = inviters.get(world.draw(inviters.size()));
        world.tell("%s LOSES ITS LIBRARY and joins again, invited by %s", device, inviter);
        world.happened(Happening.LIBRARY_LOST);
        drives.ifPresent(all -> all.libraryIsLost(device));
        device.loseLibrary();
        if (world.happens(30)) {
            edit(device);
        }
        fleet.moveIn(device, inviter);
    }

    private void part() {
        fleet.part();
        world.happened(Happening.PARTITION);
    }

    private void crash(Device device) {
        boolean isLogging = world.happens(60);
        world.tell(isLogging ? "%s crashes" : "%s crashes before it logs", device);
        drives.ifPresent(Drives::giveUpScans);
        if (isLogging) {
            world.happened(Happening.CRASH);
            device.crash();
        } else {
            world.happened(Happening.CRASH_BEFORE_LOGGING);
            device.crashBeforeLogging(() -> edit(device));
        }
    }

    /// Whoever has an old log is started with it; if nobody has one, there is one from now on.
    private void turnLogBack(Device otherwise) {
        List<Device> able = fleet.devices.stream().filter(Device::hasOldLog).toList();
        if (able.isEmpty()) {
            world.tell("the log of %s is copied", otherwise);
            otherwise.keepLog();
            return;
        }
        Device device = able.get(world.draw(able.size()));
        world.tell("%s crashes and has an old log", device);
        drives.ifPresent(Drives::giveUpScans);
        world.happened(Happening.LOG_TURNED_BACK);
        device.returnToOldLog();
    }

    private void join(Device inviter) {
        if (made == DEVICES_MAX || world.happens(60)) {
            return;
        }
        Device fresh = Device.alone(world, made);
        made++;
        if (world.happens(50)) {
            edit(fresh);
        }
        world.tell("%s joins, invited by %s", fresh, inviter);
        world.happened(Happening.LATE_JOINER);
        fleet.join(fresh, inviter);
    }

    private void forget(Device gone) {
        if (fleet.devices.size() < 3) {
            return;
        }
        Device by = fleet.any();
        if (by == gone || !by.knows(gone)) {
            return;
        }
        world.tell("%s is forgotten by %s", gone, by);
        by.change(tx -> tx.members().revoke(gone.id));
        world.happened(Happening.FORGOTTEN_MEMBER);
        fleet.forget(gone);
        drives.ifPresent(all -> all.takeFrom(gone));
    }

    private void skew(Device device) {
        if (!troubles.skews) {
            return;
        }
        if (device.clock.skew() != 0 && world.happens(60)) {
            device.rightClock();
            return;
        }
        long skew = device.clock.skew() != 0 ? 0 : world.happens(40) ? world.draw(120_000) - 60_000L
                : Math.round((world.chance().nextDouble() * 2 - 1) * DAY_MILLIS);
        world.tell("the clock of %s is %d s ahead", device, skew / 1_000);
        world.happened(Math.abs(skew) > HOURS_MILLIS ? Happening.CLOCK_HOURS_OFF : Happening.CLOCK_SKEWED);
        device.clock.skew(skew);
    }

    /// A person does something with tags, mostly; or with notes and collections.
    private void edit(Device device) {
        TagId tag = tag();
        EntryId entry = new EntryId(new UUID(0x7000, 0x8000_0000_0000_0007L + world.draw(ENTRIES)));
        int what = world.draw(EDITS);
        world.tell(what < TAG_EDITS ? "%s edits tag %s (%d)" : "%s notes something (not tag %s, %d)", device,
                Wording.of(tag.value()), what);
        device.change(tx -> edit(tx, tag, entry, what));
    }

    private void edit(Transaction tx, TagId tag, EntryId entry, int what) {
        if (what == TAG_EDITS) {
            noting.note(tx, entry);
        } else if (what > TAG_EDITS) {
            noting.collect(tx, entry);
        } else if (what < 2 || tx.shared().merged(Models.TAG, tag.value()).isEmpty()) {
            tx.tags().write(tag, Map.of(Models.NAME, new Value.Text(NAMES[world.draw(NAMES.length)])));
        } else if (what < 4) {
            tx.tags().write(tag, Map.of(Models.COLOR, new Value.Text(COLORS[world.draw(COLORS.length)])));
        } else if (what == 4) {
            tx.tags().write(tag, Map.of(Models.PARENT, new Value.Ref(tag().value())));
        } else if (what < 8) {
            tx.tags().assign(tag, entry);
        } else if (what == 8) {
            tx.tags().unassign(tag, entry);
        } else {
            tx.tags().delete(tx.tags().find(tag).orElseThrow());
            world.happened(Happening.TAG_DELETED);
        }
    }

    private TagId tag() {
        return new TagId(new UUID(0x4000, 0x8000_0000_0000_0004L + world.draw(TAGS)));
    }
}
