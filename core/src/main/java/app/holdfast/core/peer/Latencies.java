package app.holdfast.core.peer;

import app.holdfast.core.api.PeerTraffic.Latency;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long things took, counted in steps of a quarter of a power of two: an answer is at most a quarter too large.
/// Any thread.
final class Latencies {

    private static final int PARTS = 4;
    private static final int PARTS_BITS = 2;
    private static final int STEPS = 64 * PARTS;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS);

    void record(long nanos) {
        counts.incrementAndGet(step(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos))));
    }

    Optional<Latency> now() {
        long total = 0;
        for (int step = 0; step < STEPS; step++) {
            total += counts.get(step);
        }
        return total == 0 ? Optional.empty()
                : Optional.of(new Latency(total, atMost(total, 50), atMost(total, 99)));
    }

    private Duration atMost(long total, int percent) {
        long wanted = Math.ceilDiv(total * percent, 100);
        long seen = 0;
        int step = -1;
        while (seen < wanted && step < STEPS - 1) {
            step++;
            seen += counts.get(step);
        }
        return Duration.of(greatest(step), ChronoUnit.MICROS);
    }

    /// Values below four have a step each; then four steps for each power of two.
    static int step(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int power = 63 - Long.numberOfLeadingZeros(micros);
        int part = (int) (micros >>> power - PARTS_BITS) & PARTS - 1;
        return (power - 1) * PARTS + part;
    }

    /// The greatest value that is counted in a step.
    static long greatest(int step) {
        if (step < PARTS) {
            return step;
        }
        int power = step / PARTS + 1;
        long below = (long) (PARTS + step % PARTS) << power - PARTS_BITS;
        return below + (1L << power - PARTS_BITS) - 1;
    }
}
