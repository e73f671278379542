package app.holdfast.core.peer;

import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.PeerTraffic.Way;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.sync.SyncMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what goes to a device and comes from it. Any thread; lives as long as the device's engine.
final class Meter {

    static final int RECENT_SECONDS = 10;

    private final Count sent;
    private final Count received;
    private final Latencies latencies = new Latencies();
    /// When something was committed that no group has left for yet, by `System.nanoTime`; 0 for nothing.
    private final AtomicLong committedAt = new AtomicLong();
    /// When what the newest groups carry was committed; 0 when that was acknowledged.
    private final AtomicLong underWaySince = new AtomicLong();

    Meter(TimeSource time) {
        this.sent = new Count(time);
        this.received = new Count(time);
    }

    /// One direction.
    private static final class Count {
        private final TimeSource time;
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong messages = new AtomicLong();
        private final AtomicLong groups = new AtomicLong();
        private final AtomicLong rows = new AtomicLong();
        private final Flow flow = new Flow();

        private Count(TimeSource time) {
            this.time = time;
        }

        private void frame(int size) {
            bytes.addAndGet(size);
            messages.incrementAndGet();
            flow.add(size, time.nowMillis());
        }

        private void contents(SyncMessage message) {
            if (message instanceof SyncMessage.Groups(var some)) {
                groups.addAndGet(some.size());
            } else if (message instanceof SyncMessage.StreamPage page) {
                rows.addAndGet(page.rows().stream().mapToLong(some -> some.rows().size()).sum());
            }
        }

        private Way way() {
            return new Way(bytes.get(), messages.get(), groups.get(), rows.get(),
                    flow.perSecond(RECENT_SECONDS, time.nowMillis()));
        }
    }

    void committed(long nowNanos) {
        committedAt.compareAndSet(0, nowNanos);
    }

    /// A message is to leave.
    void says(SyncMessage message, long nowNanos) {
        sent.contents(message);
        if (message instanceof SyncMessage.Groups) {
            long since = committedAt.getAndSet(0);
            underWaySince.set(since == 0 ? nowNanos : since);
        }
    }

    /// A turn is over that had no groups for the device: what was committed was not for it, unless it waits for an
    /// acknowledgement.
    void saysNothing() {
        if (underWaySince.get() == 0) {
            committedAt.set(0);
        }
    }

    void sent(int bytes) {
        sent.frame(bytes);
    }

    void received(SyncMessage message, int bytes, long nowNanos) {
        received.frame(bytes);
        received.contents(message);
        if (message instanceof SyncMessage.Ack) {
            long since = underWaySince.getAndSet(0);
            if (since != 0) {
                latencies.record(nowNanos - since);
            }
        }
    }

    /// A link is gone, and with it what was to be acknowledged.
    void parted() {
        committedAt.set(0);
        underWaySince.set(0);
    }

    PeerTraffic traffic(Optional<Duration> roundTrip) {
        return new PeerTraffic(sent.way(), received.way(), roundTrip, latencies.now());
    }

    List<Long> sentSteps(int stepSeconds) {
        return sent.flow.steps(stepSeconds, sent.time.nowMillis());
    }

    List<Long> receivedSteps(int stepSeconds) {
        return received.flow.steps(stepSeconds, received.time.nowMillis());
    }
}
