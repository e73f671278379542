package app.holdfast.core.vault.stronghold;

import java.time.Instant;

/// A time, or a length of time, as the payload has it.
///
/// @param seconds since 1970-01-01T00:00Z where it is a time; 0 or more
/// @param nanos   0 to 999,999,999
public record Moment(long seconds, int nanos) {

    static final int NANOS = 1_000_000_000;

    /// @param millis since 1970-01-01T00:00Z
    public static Moment ofMillis(long millis) {
        return new Moment(Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000);
    }

    /// Whether it is now or was before.
    public boolean isOver(long nowMillis) {
        return seconds < Math.floorDiv(nowMillis, 1000L)
                || seconds == Math.floorDiv(nowMillis, 1000L) && nanos <= Math.floorMod(nowMillis, 1000) * 1_000_000;
    }

    /// Times beyond what Java knows are its last one.
    public Instant instant() {
        return seconds >= Instant.MAX.getEpochSecond() ? Instant.MAX : Instant.ofEpochSecond(seconds, nanos);
    }
}
