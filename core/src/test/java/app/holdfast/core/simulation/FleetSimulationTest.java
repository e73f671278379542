package app.holdfast.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The engine of two to seven devices, with their real tables, over a network, clocks and disks that are simulated: a
/// few dozen steps of work and trouble from one seed, and then all devices hold the same, and what the [Oracle] says.
///
/// `-Dholdfast.seed=N` runs one seed and prints what happens in it; `-Dholdfast.seeds=N` as many as that, from
/// `-Dholdfast.first=N` on.
@Tag("simulation")
final class FleetSimulationTest {

    private static final int THREADS = 2;
    private static final long SEEDS = Long.getLong("holdfast.seeds", 10_000);
    private static final long FIRST = Long.getLong("holdfast.first", 0);
    private static final int FAILURES_MAX = 10;
    /// Of so many seeds one is run again, and so is each that fails: to have the same trace.
    private static final long SEEDS_FOR_ONE_REPEATED = 10;
    /// Among so many seeds nothing is missing.
    private static final long SEEDS_WITH_EVERYTHING = 1_000;
    /// Of so many each kind of trouble, and each size of fleet, is in one at least.
    private static final long SEEDS_FOR_ONE_OF_EACH = 100;

    private final ConcurrentLinkedQueue<Run> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong processorNanos = new AtomicLong();
    private final Tally tally = new Tally();

    @Test
    void devicesAgreeWithEachOtherAndWithTheOracle() throws Exception {
        Long only = Long.getLong("holdfast.seed");
        if (only != null) {
            tell(only);
            return;
        }
        var next = new AtomicLong(FIRST);
        long begun = System.nanoTime();

        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> runAll(next)));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        System.out.printf("simulation: %d seeds from %d, every %dth twice, in %.1f s, %.1f s of processors%n", SEEDS,
                FIRST, SEEDS_FOR_ONE_REPEATED, (System.nanoTime() - begun) / 1e9, processorNanos.get() / 1e9);
        System.out.println(tally.table());
        failures.forEach(run -> System.out.println("-Dholdfast.seed=" + run.seed() + " " + run.findings()));
        assertThat(failures).isEmpty();
        if (SEEDS >= SEEDS_WITH_EVERYTHING) {
            assertThat(tally.rarerThan(SEEDS / SEEDS_FOR_ONE_OF_EACH)).as("what hardly ever happened").isEmpty();
        }
    }

    @Test
    void seedsThatFailedOnceAreGoodNow() throws IOException {
        for (long seed : KnownSeeds.read()) {
            try (Scratch scratch = Scratch.make()) {
                Run run = Run.of(seed, false, scratch.folder);

                assertThat(run.details()).as("-Dholdfast.seed=" + seed).isEmpty();
            }
        }
    }

    private static void tell(long seed) {
        try (Scratch scratch = Scratch.make()) {
            Run run = Run.of(seed, true, scratch.folder);

            run.trace().forEach(System.out::println);
            assertThat(run.details()).as("seed " + seed).isEmpty();
        }
    }

    private void runAll(AtomicLong next) {
        try (Scratch scratch = Scratch.make()) {
            LongConsumer play = seed -> {
                long before = processorNanos();
                Run run = Run.of(seed, false, scratch.folder);
                tally.add(run, processorNanos() - before);
                if (!run.isGood()) {
                    failures.add(run);
                }
                boolean isRepeated = !run.isGood() || seed % SEEDS_FOR_ONE_REPEATED == 0;
                if (isRepeated && Run.of(seed, false, scratch.folder).hash() != run.hash()) {
                    failures.add(new Run(seed, "NOT THE SAME TWICE", List.of(), 0, List.of(), run.devices(), Set.of()));
                }
            };
            for (long seed = next.getAndIncrement(); seed < FIRST + SEEDS && failures.size() < FAILURES_MAX;
                    seed = next.getAndIncrement()) {
                play.accept(seed);
            }
        }
        processorNanos.addAndGet(processorNanos());
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
