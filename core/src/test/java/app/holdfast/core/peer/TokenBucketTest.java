package app.holdfast.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final TokenBucket bucket = new TokenBucket();

    /// Someone who sends frames of one size without end, a slice at a time, as [Throttle] does.
    private final class Sender {
        private final int frame;
        private long readyAt;
        private long sent;
        private int left;

        private Sender(int frame) {
            this.frame = frame;
        }

        private void sendSlice() {
            left = left == 0 ? frame : left;
            int slice = Math.min(left, bucket.slice());
            left -= slice;
            sent += slice;
            readyAt += bucket.reserve(slice, readyAt);
        }
    }

    @Test
    void aRateIsKeptOverTime() {
        bucket.setRate(500_000);
        Sender sender = new Sender(1 << 20);

        while (sender.readyAt < 60 * SECOND) {
            sender.sendSlice();
        }

        assertThat(sender.sent).isCloseTo(30_000_000, Percentage.withPercentage(1));
    }

    @Test
    void devicesThatShareARateGetEqualPartsWhateverTheSizeOfTheirFrames() {
        bucket.setRate(300_000);
        Sender large = new Sender(1 << 20);
        Sender small = new Sender(20_000);
        Sender middle = new Sender(100_000);

        while (Math.min(large.readyAt, Math.min(small.readyAt, middle.readyAt)) < 60 * SECOND) {
            Sender next = large.readyAt <= small.readyAt && large.readyAt <= middle.readyAt ? large
                    : small.readyAt <= middle.readyAt ? small : middle;
            next.sendSlice();
        }

        assertThat(large.sent + small.sent + middle.sent).isCloseTo(18_000_000, Percentage.withPercentage(2));
        assertThat(large.sent).isCloseTo(6_000_000, Percentage.withPercentage(20));
        assertThat(middle.sent).isCloseTo(6_000_000, Percentage.withPercentage(20));
        assertThat(small.sent).isCloseTo(6_000_000, Percentage.withPercentage(20));
    }

    @Test
    void afterARestOnlyALittleGoesAtOnce() {
        bucket.setRate(80_000);
        bucket.reserve(80_000, 0);

        long nothingWaits = bucket.reserve(10_000, 100 * SECOND);
        long restWaits = bucket.reserve(80_000, 100 * SECOND);

        assertThat(nothingWaits).isZero();
        assertThat(restWaits).isCloseTo(SECOND, Percentage.withPercentage(1));
    }

    @Test
    void withoutARateNobodyWaits() {
        bucket.setRate(1_000);
        bucket.reserve(1_000_000, 0);

        bucket.setRate(TokenBucket.NONE);

        assertThat(bucket.reserve(Integer.MAX_VALUE, 1)).isZero();
    }

    @Test
    void aNewRateForgetsWhatWasOwedUnderTheOld() {
        bucket.setRate(1_000);
        bucket.reserve(3_600_000, 0);

        bucket.setRate(1_000_000);

        assertThat(bucket.reserve(1_000, SECOND)).isLessThan(SECOND);
    }
}
