package app.holdfast.core.clock;

import java.util.UUID;

/// Makes UUIDs of version 7 (RFC 9562 section 5.7) that ascend: the second of two is always the greater one.
///
/// Within one millisecond the 74 random bits are a counter that starts at a random value and goes up by one (section
/// 6.2, method 2), so ids of one scan differ by one and compress to almost nothing on the wire. Confined to one
/// thread.
public final class TimeOrderedIds {

    private static final long RANDOM_HIGH_MAX = 0xFFFL;
    private static final long RANDOM_LOW_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    /// Ids made in a row before the random part is drawn again, so that two devices' runs stay far apart.
    private static final int RUN_MAX = 1 << 20;

    private final TimeSource time;
    private final RandomSource random;
    private long millis;
    private long randomHigh;
    private long randomLow;
    private int run = RUN_MAX;

    public TimeOrderedIds(TimeSource time, RandomSource random) {
        this.time = time;
        this.random = random;
    }

    /// Ids of one run share their millisecond, that of the run's first, for up to [#RUN_MAX] ids or a second of
    /// clock.
    public UUID next() {
        long now = time.nowMillis();
        if (run >= RUN_MAX || now > millis + 1_000) {
            millis = Math.max(now, millis + 1);
            randomHigh = random.nextLong() & RANDOM_HIGH_MAX;
            randomLow = random.nextLong() & RANDOM_LOW_MASK >>> 1;
            run = 0;
        } else {
            randomLow++;
        }
        run++;
        return new UUID(millis << 16 | 0x7000L | randomHigh, VARIANT | randomLow);
    }
}
