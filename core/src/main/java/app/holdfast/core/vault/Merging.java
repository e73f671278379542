package app.holdfast.core.vault;

import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.Secret;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.StoreKey;
import app.holdfast.core.vault.stronghold.StoreValue;
import app.holdfast.core.vault.stronghold.Vault;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Does what a plan says: opens records with the source's key and seals them with the target's. The id, version, hint
/// and length of a record stay. Also makes the snapshot that is sent to another device: merged into an empty one.
final class Merging {

    private static final int KEY = 32;

    private final Snapshot source;
    private final SnapshotBytes.Surroundings around;
    private final long nowMillis;
    /// The target's clients, as far as they are worked on.
    private final Map<Bytes24, Working> clients = new LinkedHashMap<>();

    private Merging(Snapshot target, Snapshot source, SnapshotBytes.Surroundings around, long nowMillis) {
        this.source = source;
        this.around = around;
        this.nowMillis = nowMillis;
        target.clients().forEach((id, client) -> clients.put(id, new Working(client)));
    }

    /// @param around where the target's secrets lie
    static Snapshot apply(Snapshot target, Snapshot source, MergePlan plan, SnapshotBytes.Surroundings around,
            long nowMillis) {
        var merging = new Merging(target, source, around, nowMillis);
        plan.clients().forEach(merging::client);
        plan.steps().forEach(merging::step);
        plan.values().forEach(merging::step);
        var merged = new LinkedHashMap<Bytes24, Client>();
        merging.clients.forEach((id, working) -> merged.put(id, working.done()));
        return new Snapshot(merged);
    }

    private void step(MergePlan.Step step) {
        switch (step.effect()) {
            case ADDED, CHANGED, BESIDE -> take(step);
            case REVOKED -> {
                Working working = client(step.to().client());
                Bytes24 id = step.to().record();
                working.records(step.to().vault()).computeIfPresent(id,
                        (_, sealed) -> sealed.revoked(working.key(step.to().vault()), id, around.random()));
            }
            case KEPT, STAYS_REVOKED, SAME, UNREADABLE -> { }
        }
    }

    private void take(MergePlan.Step step) {
        Vault from = vault(step.from());
        SealedRecord sealed = from.records().get(step.from().record());
        if (sealed == null) {
            throw new IllegalStateException("the plan was made for another source");
        }
        SealedRecord.Facts facts = sealed.facts(from.key(), step.from().record())
                .orElseThrow(() -> new IllegalStateException("the plan takes a record that cannot be opened"));
        Working working = client(step.to().client());
        Secret key = working.key(step.to().vault());
        var about = new SealedRecord.Facts(step.to().record(), facts.blob(), facts.length(), facts.hint());
        SealedRecord resealed = sealed.open(from.key(), facts,
                        secret -> SealedRecord.seal(key, about, secret, around.random()))
                .orElseThrow(() -> new IllegalStateException("the plan takes a record that cannot be opened"));
        working.records(step.to().vault()).put(step.to().record(), resealed);
    }

    private Vault vault(Place place) {
        Client client = source.clients().get(place.client());
        Vault vault = client == null ? null : client.vaults().get(place.vault());
        if (vault == null) {
            throw new IllegalStateException("the plan was made for another source");
        }
        return vault;
    }

    private void step(MergePlan.ValueStep step) {
        Client from = source.clients().get(step.from().client());
        StoreValue value = from == null ? null : from.store().values().get(step.from().key());
        if (step.effect().takes() && value != null) {
            Secret copy = value.value().read(around.memory()::keep);
            client(step.to().client()).values.put(step.to().key(), new StoreValue(copy, value.expires()));
        }
    }

    private Working client(Bytes24 id) {
        return clients.computeIfAbsent(id, _ -> new Working(Client.empty(nowMillis)));
    }

    /// A client of the target while records are put into it.
    private final class Working {

        private final Client client;
        private final Map<Bytes24, Secret> keys;
        private final Map<Bytes24, Map<Bytes24, SealedRecord>> records = new LinkedHashMap<>();
        private final Map<StoreKey, StoreValue> values;

        Working(Client client) {
            this.client = client;
            keys = new LinkedHashMap<>(client.keys());
            values = new LinkedHashMap<>(client.store().values());
        }

        /// Of a vault, made now if there is none.
        Secret key(Bytes24 vault) {
            Vault there = client.vaults().get(vault);
            return keys.computeIfAbsent(vault, _ -> there == null ? newKey() : there.key());
        }

        private Secret newKey() {
            byte[] key = around.random().bytes(KEY);
            try {
                return around.memory().keep(key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }

        Map<Bytes24, SealedRecord> records(Bytes24 vault) {
            return records.computeIfAbsent(vault, _ -> {
                Vault there = client.vaults().get(vault);
                return there == null ? new LinkedHashMap<>() : new LinkedHashMap<>(there.records());
            });
        }

        Client done() {
            var vaults = new LinkedHashMap<>(client.vaults());
            records.forEach((id, changed) -> vaults.put(id, new Vault(key(id), changed)));
            return new Client(keys, vaults, client.store().withValues(values));
        }
    }
}
