package app.holdfast.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.VersionVector;
import app.holdfast.core.sync.SyncMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MeterTest {

    private static final SyncMessage GROUPS = new SyncMessage.Groups(List.of());
    private static final SyncMessage ACK = new SyncMessage.Ack(VersionVector.EMPTY);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Meter meter = new Meter(now::get);

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    @Test
    void aDelayGoesFromTheCommitToItsAcknowledgement() {
        meter.committed(millis(10));
        meter.says(GROUPS, millis(14));
        meter.received(ACK, 50, millis(30));

        var latency = meter.traffic(Optional.empty()).latency().orElseThrow();

        assertThat(latency.count()).isEqualTo(1);
        assertThat(latency.half()).isBetween(Duration.ofMillis(20), Duration.ofMillis(25));
    }

    @Test
    void aCommitThatWasNotForTheDeviceDelaysNothing() {
        meter.committed(millis(10));
        meter.saysNothing();
        meter.committed(millis(5_000));
        meter.says(GROUPS, millis(5_001));
        meter.received(ACK, 50, millis(5_004));

        assertThat(meter.traffic(Optional.empty()).latency().orElseThrow().most())
                .isLessThan(Duration.ofMillis(6));
    }

    @Test
    void anAcknowledgementThatNobodyWaitsForIsNoDelay() {
        meter.received(ACK, 50, millis(30));

        assertThat(meter.traffic(Optional.empty()).latency()).isEmpty();
    }

    @Test
    void percentilesAreAtMostAQuarterTooLarge() {
        long seed = 20261125;
        System.out.println("MeterTest seed " + seed);
        var random = new SplittableRandom(seed);
        var latencies = new Latencies();
        long[] micros = LongStream.generate(() -> random.nextLong(1L << random.nextInt(1, 34))).limit(20_000)
                .peek(value -> latencies.record(TimeUnit.MICROSECONDS.toNanos(value))).sorted().toArray();

        var latency = latencies.now().orElseThrow();

        assertThat(TimeUnit.NANOSECONDS.toMicros(latency.half().toNanos()))
                .isBetween(micros[9_999], micros[9_999] * 5 / 4 + 1);
        assertThat(TimeUnit.NANOSECONDS.toMicros(latency.most().toNanos()))
                .isBetween(micros[19_799], micros[19_799] * 5 / 4 + 1);
    }

    @Test
    void everyValueIsCountedInTheStepThatHoldsIt() {
        for (long value : new long[] {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 1_000, 65_535, 65_536, Long.MAX_VALUE / 1_000}) {
            int step = Latencies.step(value);

            assertThat(Latencies.greatest(step)).isGreaterThanOrEqualTo(value);
            assertThat(step == 0 ? -1 : Latencies.greatest(step - 1)).isLessThan(value);
        }
    }

    @Test
    void throughputIsThatOfTheLastTenSeconds() {
        meter.sent(50_000);
        now.addAndGet(3_000);
        meter.sent(20_000);
        now.addAndGet(5_000);
        long recent = meter.traffic(Optional.empty()).sent().bytesPerSecond();
        now.addAndGet(60_000);

        assertThat(recent).isEqualTo(7_000);
        assertThat(meter.traffic(Optional.empty()).sent().bytesPerSecond()).isZero();
        assertThat(meter.traffic(Optional.empty()).sent().bytes()).isEqualTo(70_000);
    }

    @Test
    void thePictureHasAPlaceForEachStepAndForgetsAfterTenMinutes() {
        meter.sent(50_000);
        now.addAndGet(30_000);
        List<Long> then = meter.sentSteps(5);
        now.addAndGet(700_000);

        assertThat(then).hasSize(Flow.SECONDS / 5 - 1).contains(10_000L);
        assertThat(then.stream().mapToLong(Long::longValue).sum()).isEqualTo(10_000);
        assertThat(meter.sentSteps(5)).containsOnly(0L);
    }
}
