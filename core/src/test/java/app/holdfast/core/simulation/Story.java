package app.holdfast.core.simulation;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What happens in one run: steps drawn from all that people, networks, clocks and disks do. Most stories are short and
/// of few devices, for nearly every bug shows in a small one; some are long, and a few are of many devices.
final class Story {

    /// Which trouble there is at all, drawn first, so that many runs have little of it and show single faults.
    record Troubles(boolean skews, boolean crashes, boolean restores, boolean parts, boolean moves, boolean forgets,
            boolean drives) {

        static Troubles draw(World world) {
            boolean calm = world.happens(15);
            return new Troubles(!calm && world.happens(40), !calm && world.happens(60), !calm && world.happens(30),
                    world.happens(60), world.happens(60), world.happens(30), world.happens(60));
        }
    }

    private static final int DEVICES_MAX = 7;
    private static final int TAGS = 4;
    private static final int ENTRIES = 2;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long HOURS_MILLIS = 12 * 3_600_000;
    private static final String[] NAMES = {"Trips", "Work", "Old", "New"};
    private static final String[] COLORS = {"red", "blue", "green"};

    final Fleet fleet;
    final Drive drive;
    final Troubles troubles;
    private final World world;
    private int made;

    Story(World world) {
        this.world = world;
        this.troubles = Troubles.draw(world);
        int size = size();
        this.fleet = Fleet.founded(world, size, world.happens(50) ? 0 : world.draw(31));
        this.made = size;
        this.drive = new Drive(world, 0, fleet.any());
        world.tell("%d devices, %s", size, troubles);
    }

    private int size() {
        int drawn = world.draw(1_000);
        return drawn < 15 ? 5 + world.draw(3) : drawn < 115 ? 4 : drawn < 365 ? 3 : 2;
    }

    void run() {
        int steps = world.happens(15) ? 20 + world.draw(51) : 8 + world.draw(19);
        for (int step = 0; step < steps && world.findings().isEmpty(); step++) {
            world.time().pass(world.happens(5) ? world.draw(90_000) : world.draw(3_000));
            step(world.draw(100));
            world.trace().note(world.time().now());
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
            drive();
        } else if (drawn < 89) {
            replay();
        } else {
            trouble(drawn - 89);
        }
    }

    /// The drive, if there is one in this story.
    Optional<Drive> drives() {
        return troubles.drives ? Optional.of(drive) : Optional.empty();
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

    private void drive() {
        if (!troubles.drives) {
            edit(fleet.any());
            return;
        }
        switch (world.draw(8)) {
            case 0, 1, 2 -> drive.write();
            case 3 -> drive.claim();
            case 4 -> {
                if (troubles.moves) {
                    Device before = drive.holder;
                    drive.move(fleet.any());
                    drive.claim();
                    if (drive.holder != before) {
                        world.happened(Happening.DRIVE_MOVED);
                    }
                }
            }
            case 5 -> drive.giveUpScan();
            default -> {
                world.happened(Happening.DRIVE_SCANNED);
                for (int left = 1 + world.draw(4); left > 0 && drive.scanOn(); left--) {
                    world.time().pass(1);
                }
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

    private void trouble(int drawn) {
        Device device = fleet.any();
        switch (drawn) {
            case 0, 1 -> crash(device);
            case 2 -> {
                if (troubles.crashes) {
                    world.tell("%s loses its log", device);
                    world.happened(Happening.LOG_LOST);
                    device.loseLog();
                }
            }
            case 3 -> {
                world.tell("%s is backed up", device);
                device.backUp();
                device.keepLog();
            }
            case 4 -> {
                if (troubles.restores && device.hasBackup()) {
                    world.tell("%s is RESTORED", device);
                    drive.giveUpScan();
                    world.happened(Happening.RESTORED_BACKUP);
                    device.restore();
                }
            }
            case 5 -> {
                if (troubles.parts) {
                    fleet.part();
                    world.happened(Happening.PARTITION);
                }
            }
            case 6 -> join(device);
            case 7 -> forget(device);
            case 8, 9 -> skew(device);
            case 10 -> world.time().pass(world.draw(120_000));
            default -> device.change(tx -> tx.own().renameDevice(NAMES[world.draw(NAMES.length)]));
        }
    }

    private void crash(Device device) {
        if (!troubles.crashes) {
            return;
        }
        drive.giveUpScan();
        int how = world.draw(4);
        world.tell("%s crashes (%d)", device, how);
        world.happened(how == 0 ? Happening.CRASH_BEFORE_LOGGING : how == 1 ? Happening.LOG_TURNED_BACK
                : Happening.CRASH);
        switch (how) {
            case 0 -> device.crashBeforeLogging(() -> edit(device));
            case 1 -> device.returnToOldLog();
            default -> device.crash();
        }
    }

    private void join(Device inviter) {
        if (made == DEVICES_MAX) {
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
        if (!troubles.forgets || fleet.devices.size() < 3 || !world.happens(50)) {
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
        if (drive.holder == gone) {
            drive.move(fleet.any());
        }
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

    /// A person does something with tags.
    private void edit(Device device) {
        TagId tag = tag();
        EntryId entry = new EntryId(new UUID(0x7000, 0x8000_0000_0000_0007L + world.draw(ENTRIES)));
        int what = world.draw(10);
        world.tell("%s edits tag %s (%d)", device, Wording.of(tag.value()), what);
        device.change(tx -> edit(tx, tag, entry, what));
    }

    private void edit(Transaction tx, TagId tag, EntryId entry, int what) {
        if (what < 2 || tx.shared().merged(Models.TAG, tag.value()).isEmpty()) {
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
