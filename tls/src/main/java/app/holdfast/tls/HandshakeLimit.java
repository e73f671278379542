package app.holdfast.tls;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How many clients of one server may be in the middle of a handshake.
///
/// Each has about six threads of kwik by then, and its address may be a false one: whoever does not go on keeps them
/// until it is given up. Beyond the limit a new client gets no answer and sends again.
public final class HandshakeLimit {

    /// Unfinished handshakes at any time.
    public static final int OPEN_MAX = 64;
    /// After this long a handshake without an end does not count any more; kwik has given it up.
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    /// When each began, in nanoseconds. Guarded by the lock.
    private final Map<Object, Long> open = new IdentityHashMap<>();

    /// @return false when there is no room for this one
    public boolean begin(Object handshake) {
        long now = System.nanoTime();
        lock.lock();
        try {
            if (open.size() >= OPEN_MAX) {
                open.values().removeIf(begun -> now - begun > LONGEST.toNanos());
            }
            if (open.size() >= OPEN_MAX) {
                return false;
            }
            open.put(handshake, now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// It came to an end, good or bad. Saying so twice does nothing.
    void end(Object handshake) {
        lock.lock();
        try {
            open.remove(handshake);
        } finally {
            lock.unlock();
        }
    }
}
