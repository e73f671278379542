package app.holdfast.core.vault.stronghold;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// All that a snapshot holds, opened to its second seal. Immutable; its secrets lie in the [SecretMemory] that it was
/// read into.
///
/// @param clients in the order of the file
public record Snapshot(Map<Bytes24, Client> clients) {

    public Snapshot {
        clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    }

    public static Snapshot empty() {
        return new Snapshot(Map.of());
    }

    /// Adds a client, or puts another in the place of one.
    public Snapshot with(Bytes24 id, Client client) {
        var changed = new LinkedHashMap<>(clients);
        changed.put(id, client);
        return new Snapshot(changed);
    }

    public Snapshot without(Bytes24 id) {
        var changed = new LinkedHashMap<>(clients);
        changed.remove(id);
        return new Snapshot(changed);
    }
}
