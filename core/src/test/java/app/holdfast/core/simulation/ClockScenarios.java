package app.holdfast.core.simulation;

import static app.holdfast.core.simulation.Scene.DAY_MILLIS;
import static app.holdfast.core.simulation.Scene.OTHER_TAG;
import static app.holdfast.core.simulation.Scene.TAG;

import java.util.Map;
import java.util.function.Consumer;

/// Clocks that are ahead: counterexamples 11 of the algorithm.
final class ClockScenarios {

    static final Map<String, Consumer<Scene>> ALL = Map.of(
            "aheadForMinutes", ClockScenarios::aheadForMinutes,
            "aheadForADay", ClockScenarios::aheadForADay,
            "fastClockIsFollowed", ClockScenarios::fastClockIsFollowed,
            "repairedAfterAFastClock", ClockScenarios::repairedAfterAFastClock,
            "repairKeepsWhatIsNeeded", ClockScenarios::repairKeepsWhatIsNeeded);

    private ClockScenarios() {
    }

    /// What was stamped too far ahead is taken once its time has come.
    private static void aheadForMinutes(Scene on) {
        on.laptop.clock.skew(120_000);
        on.name(on.laptop, TAG, "Trips");
        on.talk(on.laptop, on.desktop);
        on.claim(!on.desktop.store().content().vector().equals(on.laptop.store().content().vector()), "COVERED",
                "what was set aside counts as covered");
        on.laptop.clock.skew(0);
        on.world.time().pass(200_000);
    }

    /// Its time does not come, but a person mends the clock.
    private static void aheadForADay(Scene on) {
        on.laptop.clock.skew(DAY_MILLIS);
        on.name(on.laptop, TAG, "Trips");
        on.talk(on.laptop, on.desktop);
        on.laptop.rightClock();
    }

    /// A device writes below no stamp that it has seen.
    private static void fastClockIsFollowed(Scene on) {
        on.desktop.clock.skew(20_000);
        on.name(on.desktop, TAG, "Trips");
        on.talk(on.desktop, on.laptop);
        on.name(on.laptop, TAG, "Travels");
        on.desktop.clock.skew(0);
    }

    /// Nor does it after its own clock was mended.
    private static void repairedAfterAFastClock(Scene on) {
        on.desktop.clock.skew(20_000);
        on.name(on.desktop, TAG, "Trips");
        on.talk(on.desktop, on.laptop);
        on.laptop.clock.skew(DAY_MILLIS);
        on.name(on.laptop, OTHER_TAG, "Work");
        on.laptop.rightClock();
        on.name(on.laptop, TAG, "Travels");
        on.desktop.clock.skew(0);
    }

    /// Two devices of the future: the one deletes a tag that the other has assigned; then the other's clock is mended.
    private static void repairKeepsWhatIsNeeded(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        on.laptop.clock.skew(DAY_MILLIS);
        on.desktop.clock.skew(DAY_MILLIS);
        on.assign(on.laptop, TAG);
        on.talk(on.laptop, on.desktop);
        on.delete(on.desktop, TAG);
        on.laptop.rightClock();
        on.desktop.rightClock();
    }
}
