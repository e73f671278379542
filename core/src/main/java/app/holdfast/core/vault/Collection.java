package app.holdfast.core.vault;

import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.Vault;
import java.util.LinkedHashMap;

/// A snapshot without what is dead in it: revoked records, expired values, vaults that became empty.
///
/// @param count records and values that were taken out
record Collection(Snapshot snapshot, int count) {

    static Collection of(Snapshot snapshot, long nowMillis) {
        int count = 0;
        var clients = new LinkedHashMap<Bytes24, Client>();
        for (var entry : snapshot.clients().entrySet()) {
            Client client = entry.getValue();
            var keys = new LinkedHashMap<>(client.keys());
            var vaults = new LinkedHashMap<Bytes24, Vault>();
            for (var vault : client.vaults().entrySet()) {
                var records = new LinkedHashMap<>(vault.getValue().records());
                records.values().removeIf(SealedRecord::isRevoked);
                int dead = vault.getValue().records().size() - records.size();
                count += dead;
                if (dead > 0 && records.isEmpty()) {
                    keys.remove(vault.getKey());
                } else {
                    vaults.put(vault.getKey(), vault.getValue().withRecords(records));
                }
            }
            var values = new LinkedHashMap<>(client.store().values());
            values.values().removeIf(value -> value.isExpired(nowMillis));
            count += client.store().values().size() - values.size();
            clients.put(entry.getKey(), new Client(keys, vaults, client.store().withValues(values)));
        }
        return new Collection(new Snapshot(clients), count);
    }
}
