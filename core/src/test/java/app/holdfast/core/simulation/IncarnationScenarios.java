package app.holdfast.core.simulation;

import static app.holdfast.core.simulation.Scene.OTHER_TAG;
import static app.holdfast.core.simulation.Scene.TAG;

import app.holdfast.core.store.FailingCommit;
import java.util.Map;
import java.util.function.Consumer;

/// No name is ever given twice, whatever becomes of a device's files: counterexample 10 of the algorithm.
final class IncarnationScenarios {

    static final Map<String, Consumer<Scene>> ALL = Map.of(
            "restoredThenMet", IncarnationScenarios::restoredThenMet,
            "restoredThenWroteAsMuch", IncarnationScenarios::restoredThenWroteAsMuch,
            "restoredThenWroteFirst", IncarnationScenarios::restoredThenWroteFirst,
            "restoredAndOpenedBefore", IncarnationScenarios::restoredAndOpenedBefore,
            "commitFails", IncarnationScenarios::commitFails);

    private IncarnationScenarios() {
    }

    /// The device meets others before it writes.
    private static void restoredThenMet(Scene on) {
        on.laptop.backUp();
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        on.laptop.restore();
        on.talk(on.laptop, on.desktop);
        on.name(on.laptop, OTHER_TAG, "Work");
        on.meet();
    }

    /// The device writes before it meets others, as much as it had written before: other things under the same names.
    private static void restoredThenWroteAsMuch(Scene on) {
        on.laptop.backUp();
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        on.laptop.restore();
        on.name(on.laptop, OTHER_TAG, "Work");
        on.meet();
    }

    /// The device writes before it meets others, more than it had written before.
    private static void restoredThenWroteFirst(Scene on) {
        on.laptop.backUp();
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        on.laptop.restore();
        on.name(on.laptop, OTHER_TAG, "Work");
        on.color(on.laptop, OTHER_TAG, "red");
        on.meet();
    }

    /// The same, and the device was started once between the backup and the return to it.
    private static void restoredAndOpenedBefore(Scene on) {
        on.laptop.backUp();
        on.laptop.crash();
        restoredThenWroteFirst(on);
    }

    /// The real writer, whose disk takes the job but not the commit.
    private static void commitFails(Scene on) {
        boolean answered = FailingCommit.isAnswered(on.world.scratch().resolve("disk"), on.laptop.id);
        on.claim(!answered, "SENT", "what was not committed was acknowledged");
    }
}
