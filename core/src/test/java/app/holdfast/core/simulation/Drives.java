package app.holdfast.core.simulation;

import java.util.ArrayList;
import java.util.List;

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
        switch (world.draw(14)) {
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

    void giveUpScans() {
        all.forEach(Drive::giveUpScan);
    }

    /// A device is gone; what it has is plugged in elsewhere.
    void takeFrom(Device gone) {
        all.stream().filter(drive -> drive.holder == gone).forEach(drive -> drive.move(fleet.any()));
    }
}
