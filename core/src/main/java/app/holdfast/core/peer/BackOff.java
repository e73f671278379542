package app.holdfast.core.peer;

import app.holdfast.core.clock.RandomSource;

/// How long to wait before the next try: a second, doubling to five minutes, give or take a tenth so that two devices
/// that lost each other at the same moment do not go on meeting at the same moments.
///
/// Confined to its engine's thread.
final class BackOff {

    static final long FIRST_MILLIS = 1_000;
    static final long LAST_MILLIS = 300_000;
    private static final int JITTER_PARTS = 10;

    private final RandomSource random;
    private long millis = FIRST_MILLIS;

    BackOff(RandomSource random) {
        this.random = random;
    }

    long nextMillis() {
        long tenth = millis / JITTER_PARTS;
        long wait = millis - tenth + Math.floorMod(random.nextLong(), 2 * tenth + 1);
        millis = Math.min(2 * millis, LAST_MILLIS);
        return wait;
    }

    void reset() {
        millis = FIRST_MILLIS;
    }
}
