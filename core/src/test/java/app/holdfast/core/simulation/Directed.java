package app.holdfast.core.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Counterexamples step by step, on three devices, so that none has to be met by chance. Each is followed by an
/// [Ending], so a scenario only has to bring about what a missing rule would have prevented.
final class Directed {

    static final int DEVICES = Scene.DEVICES;

    private static final SortedMap<String, Consumer<Scene>> ALL = new TreeMap<>(Comparator.naturalOrder());

    static {
        ALL.putAll(MergeScenarios.ALL);
        ALL.putAll(FoldScenarios.ALL);
        ALL.putAll(IncarnationScenarios.ALL);
        ALL.putAll(ClockScenarios.ALL);
        ALL.putAll(DriveScenarios.ALL);
    }

    static final List<String> SCENARIOS = List.copyOf(ALL.keySet());

    private final Scene scene;

    Directed(World world, Fleet fleet, Drive drive) {
        this.scene = new Scene(world, fleet, drive);
    }

    /// @throws IllegalArgumentException when there is no such scenario
    void play(String scenario) {
        Consumer<Scene> plays = ALL.get(scenario);
        if (plays == null) {
            throw new IllegalArgumentException("no scenario " + scenario);
        }
        plays.accept(scene);
    }

    /// Whether the greatest stamp of each field is bound to be seen in the end: no clock was mended.
    static boolean clocksWereRight(String scenario) {
        return !ClockScenarios.ALL.containsKey(scenario);
    }
}
