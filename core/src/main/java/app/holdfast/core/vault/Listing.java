package app.holdfast.core.vault;

import app.holdfast.core.api.VaultContent;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.Moment;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.Vault;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// What a snapshot holds, as it may be shown.
final class Listing {

    private final Snapshot snapshot;
    private final Names names;
    private final long nowMillis;

    Listing(Snapshot snapshot, long nowMillis) {
        this.snapshot = snapshot;
        this.names = Names.of(snapshot);
        this.nowMillis = nowMillis;
    }

    VaultContent content(Lock lock) {
        return new VaultContent(lock.version(), lock.derivation().code(), lock.workFactor(), snapshot.clients()
                .entrySet().stream().map(entry -> client(entry.getKey(), entry.getValue())).toList());
    }

    private VaultContent.Client client(Bytes24 id, Client client) {
        return new VaultContent.Client(id.hex(), name(id.hex(), id),
                client.vaults().entrySet().stream().map(entry -> vault(id, client, entry.getKey(), entry.getValue()))
                        .toList(),
                client.store().values().entrySet().stream().map(entry -> new VaultContent.Value(
                        entry.getKey().toString(), entry.getValue().value().size(),
                        entry.getValue().expires().map(Moment::instant), entry.getValue().isExpired(nowMillis)))
                        .toList());
    }

    private VaultContent.Vault vault(Bytes24 client, Client owner, Bytes24 id, Vault vault) {
        String path = Names.id(client, id, null);
        return new VaultContent.Vault(id.hex(), name(path, id), owner.isUsable(id), vault.records().entrySet().stream()
                .map(entry -> record(path, vault, entry.getKey(), entry.getValue())).toList());
    }

    private VaultContent.Record record(String vaultPath, Vault vault, Bytes24 id, SealedRecord sealed) {
        String path = vaultPath + "/" + id;
        Optional<SealedRecord.Facts> facts = sealed.facts(vault.key(), id);
        Names.Note note = names.notes().get(path);
        Optional<Instant> changed = note != null && facts.isPresent() && note.blob().equals(facts.get().blob().hex())
                ? Optional.of(Instant.ofEpochMilli(note.changedMillis())) : Optional.empty();
        return new VaultContent.Record(id.hex(), names.name(path), sealed.size(),
                facts.map(known -> hint(known.hint())), sealed.isRevoked(), changed);
    }

    private Optional<String> name(String path, Bytes24 id) {
        return names.name(path).or(() -> Names.known(id));
    }

    private static String hint(Bytes24 hint) {
        byte[] bytes = hint.bytes();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return HexFormat.of().formatHex(bytes, 0, length);
    }
}
