package app.holdfast.core.peer;

import java.util.concurrent.TimeUnit;

/// Makes a link's thread wait for its turn: first by its own device's rate, then by the one that all share. Slices
/// of what waits take turns, so devices that share a rate get equal parts of it. One for each direction of a device;
/// any thread.
final class Throttle {

    private final TokenBucket own = new TokenBucket();
    private final TokenBucket all;

    Throttle(TokenBucket all) {
        this.all = all;
    }

    void setRate(long bytesPerSecond) {
        own.setRate(bytesPerSecond);
    }

    /// Waits until so many bytes may go.
    void pass(int bytes) throws InterruptedException {
        int left = bytes;
        while (left > 0) {
            int slice = Math.min(left, Math.min(own.slice(), all.slice()));
            long now = System.nanoTime();
            long wait = Math.max(own.reserve(slice, now), all.reserve(slice, now));
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            left -= slice;
        }
    }
}
