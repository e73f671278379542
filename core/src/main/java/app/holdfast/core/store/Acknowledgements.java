package app.holdfast.core.store;

import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What each device is known to have on its disk. Confined to the writer.
final class Acknowledgements {

    private final Map<DeviceId, Map<Author, Long>> covered = new HashMap<>();

    /// @return whether that was news
    boolean raise(DeviceId device, Author author, long sequence) {
        Map<Author, Long> its = covered.computeIfAbsent(device, _ -> new HashMap<>());
        boolean isNews = sequence > its.getOrDefault(author, 0L);
        if (isNews) {
            its.put(author, sequence);
        }
        return isNews;
    }

    long of(DeviceId device, Author author) {
        return covered.getOrDefault(device, Map.of()).getOrDefault(author, 0L);
    }

    /// Up to which sequence of an author all of these have it, whether or not they are here now; all there are when
    /// these are none.
    long byAll(Author author, Collection<DeviceId> devices) {
        return devices.stream().mapToLong(device -> of(device, author)).min().orElse(Long.MAX_VALUE);
    }

    void clear() {
        covered.clear();
    }
}
