package app.holdfast.core.library;

import app.holdfast.core.index.ContentReader;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.peer.TokenBucket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// When files may be read, and how fast (ADR 135, 136). Any thread.
final class Pacing {

    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final BooleanSupplier busy;
    private final AtomicBoolean paused = new AtomicBoolean();
    private final Set<LocationId> stopped = ConcurrentHashMap.newKeySet();
    private final TokenBucket bucket = new TokenBucket();

    /// @param busy whether a scan runs: then nothing is read
    Pacing(BooleanSupplier busy) {
        this.busy = busy;
    }

    boolean isBusy() {
        return busy.getAsBoolean();
    }

    void pause(boolean wait) {
        paused.set(wait);
    }

    /// @param bytesPerSecond 0 for as many as come
    void limit(long bytesPerSecond) {
        bucket.setRate(bytesPerSecond);
    }

    /// Has the files of a location wait, or be read.
    void stop(LocationId location, boolean wait) {
        if (wait) {
            stopped.add(location);
        } else {
            stopped.remove(location);
        }
    }

    /// Whether a person has the files of a location wait.
    boolean isStopped(LocationId location) {
        return paused.get() || stopped.contains(location);
    }

    /// For a file that is being read: waits until the next bytes may be, for a scan that runs as well. What was read of
    /// the file is not given up for that, or a large one would never be read to its end where scans come often.
    ContentReader.Pace of(LocationId location) {
        return bytes -> {
            long untilNanos = System.nanoTime();
            for (long wait = bucket.reserve(bytes, untilNanos); wait > 0; wait = untilNanos - System.nanoTime()) {
                untilNanos = Math.max(untilNanos, System.nanoTime() + wait);
                park(wait);
            }
            while (!isStopped(location) && busy.getAsBoolean()) {
                park(BUSY_NANOS);
            }
            return !isStopped(location);
        };
    }

    private static void park(long nanos) throws InterruptedException {
        LockSupport.parkNanos(nanos);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
