package app.holdfast.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Readings only ever grow, whatever the wall clock does (rules R1 and R8).
final class HybridClockTest {

    private static final long DAY_MILLIS = 86_400_000;
    private static final long SEED = 4711;
    private static final Author AUTHOR = new Author(new UUID(1, 2));

    private long nowMillis = 100 * DAY_MILLIS;
    private HybridClock clock = new HybridClock(() -> nowMillis, AUTHOR, new Hlc(0, 0, AUTHOR));

    @Test
    void everyReadingExceedsTheOneBeforeHoweverTheWallClockJumps() {
        Random random = new Random(SEED);
        Hlc before = clock.tick();
        for (int i = 0; i < 10_000; i++) {
            nowMillis = 100 * DAY_MILLIS + random.nextLong(-DAY_MILLIS, DAY_MILLIS);

            Hlc next = clock.tick();

            assertThat(next).as("seed %d, step %d", SEED, i).isGreaterThan(before);
            before = next;
        }
    }

    @Test
    void aReadingExceedsWhatWasObserved() {
        Hlc remote = new Hlc(nowMillis + 30_000, 7, new Author(new UUID(9, 9)));

        clock.observe(remote);

        assertThat(clock.tick()).isGreaterThan(remote);
        assertThat(clock.last().millis()).isEqualTo(remote.millis());
    }

    @Test
    void theClockGoesOnAfterARestartWhereItWas() {
        Hlc last = clock.tick();
        nowMillis -= DAY_MILLIS;

        clock = new HybridClock(() -> nowMillis, AUTHOR, last);

        assertThat(clock.tick()).isGreaterThan(last);
    }

    @Test
    void aMinuteAheadIsAcceptedAndNoMore() {
        long limit = nowMillis + HybridClock.DRIFT_MILLIS_MAX;

        assertThat(clock.accepts(new Hlc(limit, Hlc.COUNTER_MAX, AUTHOR))).isTrue();
        assertThat(clock.accepts(new Hlc(limit + 1, 0, AUTHOR))).isFalse();
        assertThat(clock.aheadMillis(new Hlc(limit + 1, 0, AUTHOR))).isEqualTo(HybridClock.DRIFT_MILLIS_MAX + 1);
    }

    @Test
    void aCounterThatIsFullGoesOnInTheNextMillisecond() {
        clock.observe(new Hlc(nowMillis, Hlc.COUNTER_MAX, AUTHOR));

        assertThat(clock.tick()).isEqualTo(new Hlc(nowMillis + 1, 0, AUTHOR));
    }
}
