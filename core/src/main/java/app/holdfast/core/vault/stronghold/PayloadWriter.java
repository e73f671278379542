package app.holdfast.core.vault.stronghold;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Writes a payload, in the order in which its parts are in the snapshot. The counterpart of [PayloadReader].
public final class PayloadWriter {

    private static final int MOMENT = Long.BYTES + Integer.BYTES;

    private final ByteBuffer out;

    private PayloadWriter(int size) {
        out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// @return the payload, for the caller to wipe
    /// @throws MalformedSnapshot when it would be longer than one may be
    public static byte[] write(Snapshot snapshot) throws MalformedSnapshot {
        long size = size(snapshot);
        if (size > Lz4Block.PAYLOAD_MAX) {
            throw new MalformedSnapshot("more than " + Lz4Block.PAYLOAD_MAX + " bytes", size);
        }
        var writer = new PayloadWriter((int) size);
        writer.out.putLong(snapshot.clients().size());
        snapshot.clients().forEach((id, client) -> {
            writer.id(id);
            writer.client(client);
        });
        return writer.out.array();
    }

    private void client(Client client) {
        out.putLong(client.keys().size());
        client.keys().forEach((id, key) -> {
            id(id);
            secret(key);
        });
        out.putLong(client.vaults().size());
        client.vaults().forEach((id, vault) -> {
            id(id);
            secret(vault.key());
            out.putLong(vault.records().size());
            vault.records().forEach((recordId, sealed) -> {
                id(recordId);
                id(recordId);
                record(sealed);
            });
        });
        store(client.store());
    }

    private void record(SealedRecord sealed) {
        bytes(sealed.sealedFacts());
        out.put((byte) (sealed.isRevoked() ? 1 : 0));
        if (sealed.isRevoked()) {
            bytes(sealed.sealedRevocation());
        }
        bytes(sealed.sealedBlob());
    }

    private void store(Store store) {
        out.putLong(store.values().size());
        store.values().forEach((key, value) -> {
            bytes(key.bytes());
            secret(value.value());
            optional(value.expires());
        });
        optional(store.scanFrequency());
        moment(store.created());
        optional(store.lastScan());
    }

    private void optional(Optional<Moment> moment) {
        out.put((byte) (moment.isPresent() ? 1 : 0));
        moment.ifPresent(this::moment);
    }

    private void moment(Moment moment) {
        out.putLong(moment.seconds()).putInt(moment.nanos());
    }

    private void id(Bytes24 id) {
        out.put(id.bytes());
    }

    private void secret(Secret secret) {
        out.putLong(secret.size());
        secret.read(out::put);
    }

    private void bytes(byte[] bytes) {
        out.putLong(bytes.length).put(bytes);
    }

    private static long size(Snapshot snapshot) {
        long size = Long.BYTES;
        for (Client client : snapshot.clients().values()) {
            size += Bytes24.SIZE + 2L * Long.BYTES + size(client.store());
            for (Secret key : client.keys().values()) {
                size += Bytes24.SIZE + Long.BYTES + key.size();
            }
            for (Vault vault : client.vaults().values()) {
                size += Bytes24.SIZE + 2L * Long.BYTES + vault.key().size();
                for (SealedRecord sealed : vault.records().values()) {
                    size += 2L * Bytes24.SIZE + (sealed.isRevoked() ? 3L : 2L) * Long.BYTES + 1 + sealed.bytes();
                }
            }
        }
        return size;
    }

    private static long size(Store store) {
        long size = Long.BYTES + size(store.scanFrequency()) + MOMENT + size(store.lastScan());
        for (var entry : store.values().entrySet()) {
            size += 2L * Long.BYTES + entry.getKey().size() + entry.getValue().value().size()
                    + size(entry.getValue().expires());
        }
        return size;
    }

    private static long size(Optional<Moment> moment) {
        return moment.isPresent() ? 1 + MOMENT : 1;
    }
}
