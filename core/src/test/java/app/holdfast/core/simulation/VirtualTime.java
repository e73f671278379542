package app.holdfast.core.simulation;

import app.holdfast.core.clock.TimeSource;

/// The time of a simulated world, which passes when it is told to, and the clocks that show it.
final class VirtualTime {

    private static final long BEGINNING = 1_800_000_000_000L;

    private long now = BEGINNING;

    /// One device's clock.
    final class Clock implements TimeSource {

        private long skew;

        @Override
        public long nowMillis() {
            return now + skew;
        }

        long skew() {
            return skew;
        }

        void skew(long millis) {
            skew = millis;
        }
    }

    void pass(long millis) {
        now += millis;
    }

    long now() {
        return now;
    }

    /// Seconds since the beginning, for people.
    String shown() {
        return "%8.1f".formatted((now - BEGINNING) / 1_000.0);
    }
}
