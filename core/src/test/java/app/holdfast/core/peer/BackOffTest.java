package app.holdfast.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void waitsDoubleFromASecondToFiveMinutesGiveOrTakeATenth() {
        var backOff = new BackOff(new SplittableRandom(1)::nextLong);
        long millis = 1_000;

        for (int i = 0; i < 20; i++) {
            assertThat(backOff.nextMillis()).isBetween(millis - millis / 10, millis + millis / 10);
            millis = Math.min(2 * millis, 300_000);
        }
        backOff.reset();

        assertThat(backOff.nextMillis()).isBetween(900L, 1_100L);
    }

    @Test
    void twoDevicesDoNotWaitEquallyLong() {
        var one = new BackOff(new SplittableRandom(1)::nextLong);
        var other = new BackOff(new SplittableRandom(2)::nextLong);

        assertThat(one.nextMillis()).isNotEqualTo(other.nextMillis());
    }
}
