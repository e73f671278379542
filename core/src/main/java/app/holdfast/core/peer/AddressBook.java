package app.holdfast.core.peer;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Where a device may be dialled, best first. Confined to its engine's thread.
final class AddressBook {

    /// Addresses tried; the oldest are forgotten.
    private static final int ADDRESSES_MAX = 16;

    private SequencedSet<InetSocketAddress> addresses = new LinkedHashSet<>();

    boolean isEmpty() {
        return addresses.isEmpty();
    }

    List<InetSocketAddress> all() {
        return List.copyOf(addresses);
    }

    /// @return whether one of them is new
    boolean told(List<InetSocketAddress> some) {
        return addresses.addAll(some);
    }

    /// It was met there, so they are the best.
    void met(List<InetSocketAddress> there) {
        SequencedSet<InetSocketAddress> all = new LinkedHashSet<>(there);
        all.addAll(addresses);
        addresses = new LinkedHashSet<>(all.stream().limit(ADDRESSES_MAX).toList());
    }
}
