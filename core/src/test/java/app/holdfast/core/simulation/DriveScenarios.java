package app.holdfast.core.simulation;

import java.util.Map;
import java.util.function.Consumer;

/// A drive changes hands while devices talk: counterexample 18 of the algorithm. The others of its section on streams
/// are tests of `MovedDriveTest`.
final class DriveScenarios {

    static final Map<String, Consumer<Scene>> ALL = Map.of("oldOwnerGoesOn", DriveScenarios::oldOwnerGoesOn);

    private DriveScenarios() {
    }

    private static void scan(Scene on, Device holder) {
        on.drive.move(holder);
        while (on.drive.scanOn()) {
            on.world.time().pass(1);
        }
    }

    /// 18: a device that has not heard that its drive is another's goes on sending rows of it, to one that has.
    private static void oldOwnerGoesOn(Scene on) {
        on.drive.claim();
        scan(on, on.laptop);
        on.meet();
        Wire old = on.link(on.laptop, on.tablet);
        on.until(old, () -> false);
        on.drive.move(on.desktop);
        on.drive.claim();
        scan(on, on.desktop);
        on.talk(on.desktop, on.tablet);
        var before = on.tablet.store().content().owned();
        on.drive.write();
        on.drive.write();
        scan(on, on.laptop);
        old.one.news();

        while (old.other.hasMail()) {
            old.other.read();
        }

        on.claim(on.tablet.store().content().owned().equals(before), "FENCE", "rows of an old owner were taken");
        on.hangUp(old);
        on.drive.move(on.desktop);
    }
}
