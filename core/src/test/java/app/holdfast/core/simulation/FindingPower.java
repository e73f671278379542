package app.holdfast.core.simulation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/// How good seeds are at finding bugs: for each planting, how many of the first seeds catch it and what they cost. To
/// be run by hand before and after the mix of stories is changed (ADR 180); in `core`, for the engine's sources are
/// read.
///
/// Arguments: how many seeds, then names of plantings, or none for all.
final class FindingPower {

    private FindingPower() {
    }

    public static void main(String[] arguments) throws IOException {
        int seeds = Integer.parseInt(arguments[0]);
        List<String> names = List.of(arguments).subList(1, arguments.length);
        for (Planting planting : Planting.all()) {
            if (names.isEmpty() || names.contains(planting.name())) {
                System.out.println(measured(planting, seeds));
            }
        }
    }

    private static String measured(Planting planting, int seeds) throws IOException {
        var engine = new PlantedEngine(planting);
        long begun = processorNanos();
        long first = 0;
        int caught = 0;
        try (Scratch scratch = Scratch.make()) {
            for (int seed = 0; seed < seeds; seed++) {
                if (!engine.findings(seed, scratch.folder).isEmpty()) {
                    first = caught == 0 ? processorNanos() - begun : first;
                    caught++;
                }
            }
        }
        return "%-28s %4d of %d, the first after %.1f s, all in %.1f s".formatted(planting.name(), caught, seeds,
                first / 1e9, (processorNanos() - begun) / 1e9);
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
