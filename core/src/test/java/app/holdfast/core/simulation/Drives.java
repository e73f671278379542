package app.holdfast.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The drives of one story, and what people do with them: a drive, and perhaps a copy of it.
final class Drives {

    final List<Drive> all = new ArrayList<>();
    private final World world;
    private final Fleet fleet;
    private final boolean move;

    /// @param move whether they are carried about and copied
    Drives(World world, Fleet fleet, boolean move) {
        this.world = world;
        this.fleet = fleet;
        this.move = move;
        all.add(new Drive(world, 0, fleet.any()));
    }

    /// One step of a story.
    void step() {
        Drive drive = all.get(world.draw(all.size()));
        switch (world.draw(16)) {
            case 0, 1, 2 -> drive.write();
            case 3 -> drive.claim();
            case 4, 5 -> {
                if (move) {
                    carry(drive);
                }
            }
            case 6 -> drive.giveUpScan();
            case 7, 8 -> readContents(drive);
            case 9 -> {
                if (move) {
                    copyOrPart(drive);
                }
            }
            case 10, 11 -> ownerIsAway(drive);
            default -> {
                world.happened(Happening.DRIVE_SCANNED);
                for (int left = 1 + world.draw(4); left > 0 && drive.scanOn(); left--) {
                    world.time().pass(1);
                }
            }
        }
    }

    /// To another device, which takes it for its own, perhaps in the middle of a scan; and sometimes at once to a
    /// third, which may not have heard.
    private void carry(Drive drive) {
        for (int left = 1 + world.draw(2); left > 0; left--) {
            Device before = drive.holder;
            if (world.happens(30)) {
                drive.scanOn();
            }
            drive.move(fleet.any());
            drive.claim();
            if (drive.holder != before) {
                world.happened(Happening.DRIVE_MOVED);
            }
        }
    }

    private void readContents(Drive drive) {
        if (drive.readContents(1 + world.draw(4))) {
            world.happened(Happening.CONTENT_READ);
        }
    }

    /// Copies a drive that has none; the device that has the copy claims it, its owner being away, or says that one
    /// of the two is a copy. Later a person says which, and the device that hears of it parts it.
    private void copyOrPart(Drive drive) {
        if (drive.isTwofold()) {
            switch (world.draw(3)) {
                case 0 -> drive.flag();
                case 1 -> drive.sentence(fleet.any());
                default -> drive.part();
            }
        } else if (all.size() == 1) {
            Device at = fleet.any();
            if (at != drive.holder) {
                copy(drive, at);
            }
        }
    }

    private void copy(Drive drive, Device at) {
        Drive copy = drive.copied(at);
        all.add(copy);
        world.tell("%s has a copy of %s", at, Wording.of(drive.volume.value()));
        world.happened(Happening.DRIVE_COPIED);
        if (world.happens(50)) {
            copy.flag();
        } else {
            copy.claim();
        }
    }

    /// Everybody has heard of what is on a drive when the story begins.
    void begin() {
        Drive drive = all.getFirst();
        drive.claim();
        scan(drive);
        fleet.meet();
        fleet.hangUpAll();
    }

    private void scan(Drive drive) {
        while (drive.scanOn()) {
            world.time().pass(1);
        }
    }

    /// Whoever has the drive, for a moment only perhaps, looks at all of it and tells one other device before that and
    /// another afterwards. Then it is away, and the others meet: what some have heard of it goes on to all of them, and
    /// they come to rest.
    private void ownerIsAway(Drive drive) {
        if (fleet.devices.size() < 3) {
            return;
        }
        if (move && world.happens(60)) {
            drive.move(fleet.any());
        }
        drive.claim();
        for (boolean seen = world.happens(40); seen && !drive.hasSeenAll() && drive.scanOn();) {
            world.time().pass(1);
        }
        List<Device> others = fleet.devices.stream().filter(device -> device != drive.holder).toList();
        int first = world.draw(others.size());
        fleet.visit(drive.holder, others.get(first));
        scan(drive);
        fleet.visit(drive.holder, others.get((first + 1) % others.size()));
        world.tell("%s is away, and the others meet", drive.holder);
        world.happened(Happening.OWNER_AWAY);
        if (fleet.isHeardBySome(drive.volume.value())) {
            world.happened(Happening.HEARD_BY_SOME);
        }
        fleet.meetWithout(drive.holder);
    }

    Drive any() {
        return all.get(world.draw(all.size()));
    }

    /// A device has a cut of long ago again.
    void anyCutMayReturn() {
        all.forEach(drive -> drive.kept = Optional.empty());
    }

    /// A device is about to lose all that it knows.
    void libraryIsLost(Device device) {
        all.forEach(drive -> drive.libraryIsLost(device, fleet));
    }

    void giveUpScans() {
        all.forEach(Drive::giveUpScan);
    }

    /// A device is gone; what it has is plugged in elsewhere.
    void takeFrom(Device gone) {
        all.forEach(drive -> drive.kept.ifPresent(kept -> kept.forgets(gone)));
        all.stream().filter(drive -> drive.holder == gone).forEach(drive -> drive.move(fleet.any()));
    }
}
