package app.holdfast.core.peer;

/// How many bytes may go in how much time: what is used up is given back at a steady rate, and a little may be used
/// ahead. No clock and no thread of its own; any thread.
public final class TokenBucket {

    public static final long NONE = 0;

    /// What may go at once after a rest, as a part of what goes in a second.
    private static final int BURST_PART = 8;
    private static final long SECOND_NANOS = 1_000_000_000L;
    /// Who waits for a turn asks for this much at a time, so that others get theirs in between.
    private static final int SLICES_PER_SECOND = 64;
    private static final int SLICE_BYTES_MAX = 16 << 10;
    private static final int SLICE_BYTES_MIN = 128;

    private long bytesPerSecond = NONE;
    /// When all that was reserved has been given back, by `System.nanoTime`.
    private long freeAtNanos;
    private boolean used;

    /// @param rate bytes per second, [#NONE] for as many as come
    public synchronized void setRate(long rate) {
        if (rate != bytesPerSecond) {
            bytesPerSecond = rate;
            used = false;
        }
    }

    /// Takes its turn behind whoever reserved before.
    ///
    /// @return how many nanoseconds to wait before the bytes may go
    public synchronized long reserve(int bytes, long nowNanos) {
        if (bytesPerSecond == NONE) {
            return 0;
        }
        long earliest = nowNanos - SECOND_NANOS / BURST_PART;
        long start = used && freeAtNanos - earliest > 0 ? freeAtNanos : earliest;
        used = true;
        freeAtNanos = start + Math.multiplyExact((long) bytes, SECOND_NANOS) / bytesPerSecond;
        return Math.max(0, freeAtNanos - nowNanos);
    }

    /// @return how much to reserve at a time: little, so that equal turns are nearly equal parts
    synchronized int slice() {
        return bytesPerSecond == NONE ? Integer.MAX_VALUE
                : Math.clamp(bytesPerSecond / SLICES_PER_SECOND, SLICE_BYTES_MIN, SLICE_BYTES_MAX);
    }
}
