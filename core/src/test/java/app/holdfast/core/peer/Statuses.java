package app.holdfast.core.peer;

import app.holdfast.core.model.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Hears of every change and lets a test wait for one.
final class Statuses {

    private static final long DEADLINE_SECONDS = 60;

    private final Map<DeviceId, PeerStatus> newest = new HashMap<>();
    private final List<PeerStatus> all = new ArrayList<>();

    synchronized void changed(PeerStatus before, PeerStatus after) {
        newest.put(after.device(), after);
        all.add(after);
        notifyAll();
    }

    synchronized PeerStatus await(DeviceId device, Predicate<PeerStatus> condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        PeerStatus status = newest.getOrDefault(device, PeerStatus.unknown(device));
        while (!condition.test(status)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("still " + status);
            }
            wait(left);
            status = newest.getOrDefault(device, PeerStatus.unknown(device));
        }
        return status;
    }

    synchronized List<PeerStatus> all() {
        return List.copyOf(all);
    }
}
