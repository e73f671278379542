package app.holdfast.core.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What happened in many runs: how often, and what fleets of each size cost. Any thread.
final class Tally {

    /// The sizes that the runs begin with between them.
    private static final List<Integer> SIZES = List.of(2, 3, 4, 5, 6, 7);
    private static final double MILLIS = 1e6;

    /// Runs of one size, and the processor's time they took.
    private record Cost(long runs, long nanos) {

        private Cost plus(Cost other) {
            return new Cost(runs + other.runs, nanos + other.nanos);
        }
    }

    private final Map<Happening, Long> happened = new EnumMap<>(Happening.class);
    private final Map<Integer, Cost> costs = new TreeMap<>();

    synchronized void add(Run run, long nanos) {
        run.happened().forEach(each -> happened.merge(each, 1L, Long::sum));
        costs.merge(run.devices(), new Cost(1, nanos), Cost::plus);
    }

    /// What happened, and which sizes of fleets there were, in fewer seeds than that.
    synchronized Set<String> rarerThan(long seeds) {
        var rare = new TreeSet<String>();
        for (Happening each : Happening.values()) {
            if (happened.getOrDefault(each, 0L) < seeds) {
                rare.add(each.name());
            }
        }
        for (int size : SIZES) {
            if (costs.getOrDefault(size, new Cost(0, 0)).runs < seeds) {
                rare.add(size + " devices");
            }
        }
        return rare;
    }

    /// A line for each size of fleet and one with what happened how often.
    synchronized String table() {
        var lines = new StringBuilder();
        costs.forEach((size, cost) -> lines.append("simulation: %d devices: %d seeds, %.1f ms each run%n"
                .formatted(size, cost.runs, cost.nanos / MILLIS / cost.runs)));
        return lines.append("simulation: seeds with ").append(happened).toString();
    }
}
