package app.holdfast.core.vault.stronghold;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one application, or one part of it, keeps in a snapshot.
///
/// @param keys   the keys of vaults; one without a vault is kept as it is
/// @param vaults each has the key that `keys` has for it; one that `keys` does not know cannot be used by an engine
public record Client(Map<Bytes24, Secret> keys, Map<Bytes24, Vault> vaults, Store store) {

    public Client {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        vaults = Collections.unmodifiableMap(new LinkedHashMap<>(vaults));
    }

    public static Client empty(long nowMillis) {
        return new Client(Map.of(), Map.of(), Store.empty(nowMillis));
    }

    /// Whether an engine would use this vault.
    public boolean isUsable(Bytes24 vault) {
        return vaults.containsKey(vault) && keys.containsKey(vault);
    }

    /// Adds a vault, or puts another in the place of one.
    public Client with(Bytes24 id, Vault vault) {
        var newKeys = new LinkedHashMap<>(keys);
        newKeys.put(id, vault.key());
        var newVaults = new LinkedHashMap<>(vaults);
        newVaults.put(id, vault);
        return new Client(newKeys, newVaults, store);
    }

    public Client withStore(Store other) {
        return new Client(keys, vaults, other);
    }
}
