package app.holdfast.core.vault.stronghold;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a payload: bincode's fixed form, little-endian, counts of eight bytes. A count is believed only as far as the
/// bytes behind it could hold that many.
public final class PayloadReader {

    private static final int KEY = 32;
    /// The least that one of a kind takes: a client, a key, a vault, a record, a value of a Store.
    private static final int CLIENT_MIN = 62;
    private static final int VAULT_KEY_MIN = Bytes24.SIZE + 8 + KEY;
    private static final int VAULT_MIN = Bytes24.SIZE + 8 + KEY + 8;
    private static final int RECORD_MIN = 2 * Bytes24.SIZE + 8 + SealedRecord.FACTS_SEALED + 1 + 8 + Box.OVERHEAD;
    private static final int VALUE_MIN = 8 + 8 + 1;

    private final ByteBuffer in;
    private final SecretMemory memory;

    private PayloadReader(byte[] payload, SecretMemory memory) {
        this.in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        this.memory = memory;
    }

    /// @param payload the caller wipes it
    /// @param memory  keeps what is secret of it
    public static Snapshot read(byte[] payload, SecretMemory memory) throws MalformedSnapshot {
        var reader = new PayloadReader(payload, memory);
        Snapshot snapshot = new Snapshot(reader.map("clients", CLIENT_MIN, reader::id, _ -> reader.client()));
        if (reader.in.hasRemaining()) {
            throw reader.malformed("bytes after the end");
        }
        return snapshot;
    }

    private Client client() throws MalformedSnapshot {
        Map<Bytes24, Secret> keys = map("keys", VAULT_KEY_MIN, this::id, _ -> secret("a vault's key", KEY));
        Map<Bytes24, Vault> vaults = map("vaults", VAULT_MIN, this::id, id -> vault(keys.get(id)));
        return new Client(keys, vaults, store());
    }

    private Vault vault(@Nullable Secret known) throws MalformedSnapshot {
        int start = in.position();
        Secret key = secret("a vault's key", KEY);
        if (known != null && !known.hasSameBytesAs(key)) {
            throw new MalformedSnapshot("a vault's key is not the one listed for it", start);
        }
        return new Vault(key, map("records", RECORD_MIN, this::id, this::record));
    }

    private SealedRecord record(Bytes24 id) throws MalformedSnapshot {
        int start = in.position();
        if (!id().equals(id)) {
            throw new MalformedSnapshot("a record is filed under the id of another", start);
        }
        byte[] facts = bytes("what a record is about", SealedRecord.FACTS_SEALED);
        byte[] revocation = flag() ? bytes("a revocation", SealedRecord.FACTS_SEALED) : new byte[0];
        start = in.position();
        byte[] blob = bytes("a sealed secret");
        if (blob.length < Box.OVERHEAD) {
            throw new MalformedSnapshot("a sealed secret that is too short", start);
        }
        return new SealedRecord(facts, revocation, blob);
    }

    private Store store() throws MalformedSnapshot {
        Map<StoreKey, StoreValue> values = map("values", VALUE_MIN, () -> new StoreKey(bytes("a key")),
                _ -> new StoreValue(secret("a value"), optionalMoment()));
        return new Store(values, optionalMoment(), moment(), optionalMoment());
    }

    private <K, V> Map<K, V> map(String what, int leastBytes, Part<K> key, Valued<K, V> value)
            throws MalformedSnapshot {
        int start = in.position();
        long count = number();
        if (count < 0 || count > in.remaining() / leastBytes) {
            throw new MalformedSnapshot("more " + what + " than there is room for", start);
        }
        var map = LinkedHashMap.<K, V>newLinkedHashMap((int) count);
        for (long i = 0; i < count; i++) {
            int at = in.position();
            K name = key.read();
            if (map.containsKey(name)) {
                throw new MalformedSnapshot("an id that stands among the " + what + " already", at);
            }
            map.put(name, value.read(name));
        }
        return map;
    }

    private Optional<Moment> optionalMoment() throws MalformedSnapshot {
        return flag() ? Optional.of(moment()) : Optional.empty();
    }

    private Moment moment() throws MalformedSnapshot {
        int start = in.position();
        long seconds = number();
        need(Integer.BYTES);
        int nanos = in.getInt();
        if (seconds < 0 || nanos < 0 || nanos >= Moment.NANOS) {
            throw new MalformedSnapshot("a time that is none", start);
        }
        return new Moment(seconds, nanos);
    }

    private boolean flag() throws MalformedSnapshot {
        need(1);
        byte value = in.get();
        if (value != 0 && value != 1) {
            throw new MalformedSnapshot("neither there nor not there", in.position() - 1L);
        }
        return value == 1;
    }

    private Bytes24 id() throws MalformedSnapshot {
        need(Bytes24.SIZE);
        Bytes24 id = Bytes24.at(in.array(), in.position());
        in.position(in.position() + Bytes24.SIZE);
        return id;
    }

    private Secret secret(String what, int size) throws MalformedSnapshot {
        return kept(bytes(what, size));
    }

    private Secret secret(String what) throws MalformedSnapshot {
        return kept(bytes(what));
    }

    private Secret kept(byte[] bytes) {
        try {
            return memory.keep(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] bytes(String what, int size) throws MalformedSnapshot {
        int start = in.position();
        byte[] bytes = bytes(what);
        if (bytes.length != size) {
            throw new MalformedSnapshot(what + " of another length than " + size, start);
        }
        return bytes;
    }

    private byte[] bytes(String what) throws MalformedSnapshot {
        int start = in.position();
        long count = number();
        if (count < 0 || count > in.remaining()) {
            throw new MalformedSnapshot(what + " that goes beyond the end", start);
        }
        byte[] bytes = new byte[(int) count];
        in.get(bytes);
        return bytes;
    }

    private long number() throws MalformedSnapshot {
        need(Long.BYTES);
        return in.getLong();
    }

    private void need(int count) throws MalformedSnapshot {
        if (in.remaining() < count) {
            throw malformed("the end comes too early");
        }
    }

    private MalformedSnapshot malformed(String reason) {
        return new MalformedSnapshot(reason, in.position());
    }

    /// Reads one part.
    @FunctionalInterface
    private interface Part<T> {
        T read() throws MalformedSnapshot;
    }

    /// Reads what stands under a key.
    @FunctionalInterface
    private interface Valued<K, V> {
        V read(K key) throws MalformedSnapshot;
    }
}
