package app.holdfast.core.vault;

import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.Vault;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What two snapshots have to know of each other to be compared: for each secret where it is, how long, and a hash of
/// it that says nothing to who has not the key of this exchange. Holds no secret; may travel.
///
/// @param clients    that are there, with records or without
/// @param unreadable records that their vault's key does not open, or whose vault's key is not listed
/// @see "docs/protocol/vaults.md, section 4"
record Outline(Set<Bytes24> clients, Map<Place, Shape> records, Map<StorePlace, ValueShape> values,
        Set<Place> unreadable) {

    static final int KEY = 32;
    /// Of what is gone, of which nobody needs to know what it was.
    static final String NO_MAC = "0".repeat(64);
    private static final byte[] NO_NAME = {};

    Outline {
        clients = Collections.unmodifiableSet(new LinkedHashSet<>(clients));
        records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        unreadable = Collections.unmodifiableSet(new LinkedHashSet<>(unreadable));
    }

    /// @param size of the secret; 0 when it was revoked
    /// @param blob changes with every write
    /// @param mac  HMAC-SHA-256 over the record's id and the secret, 64 hexadecimal digits; [#NO_MAC] when it was
    ///     revoked
    record Shape(int size, Bytes24 blob, String mac, boolean revoked) {

        static Shape revoked(Bytes24 blob) {
            return new Shape(0, blob, NO_MAC, true);
        }

        /// Whether it is the same version, or at least the same secret.
        boolean isSameAs(Shape other) {
            return blob.equals(other.blob) || size == other.size && mac.equals(other.mac);
        }
    }

    /// @param size of the value; 0 when it expired
    /// @param mac  over the value; [#NO_MAC] when it expired
    record ValueShape(int size, String mac, boolean expired) {

        static final ValueShape EXPIRED = new ValueShape(0, NO_MAC, true);

        boolean isSameAs(ValueShape other) {
            return size == other.size && mac.equals(other.mac);
        }
    }

    /// @param exchangeKey 32 bytes for this comparison only, the same on both sides
    /// @param left        a client that is left out
    static Outline of(Snapshot snapshot, byte[] exchangeKey, long nowMillis, Bytes24 left) {
        var drawing = new Drawing(exchangeKey);
        snapshot.clients().forEach((id, client) -> {
            if (!id.equals(left)) {
                drawing.client(id, client, nowMillis);
            }
        });
        return new Outline(snapshot.clients().keySet().stream().filter(id -> !id.equals(left))
                .collect(LinkedHashSet::new, Set::add, Set::addAll), drawing.records, drawing.values,
                drawing.unreadable);
    }

    /// An outline while it is drawn.
    private static final class Drawing {

        private final Mac mac;
        private final Map<Place, Shape> records = new LinkedHashMap<>();
        private final Map<StorePlace, ValueShape> values = new LinkedHashMap<>();
        private final Set<Place> unreadable = new LinkedHashSet<>();

        Drawing(byte[] key) {
            try {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has HMAC-SHA-256", e);
            }
        }

        void client(Bytes24 id, Client client, long nowMillis) {
            client.vaults().forEach((vaultId, vault) -> vault.records().forEach((recordId, sealed) -> {
                var place = new Place(id, vaultId, recordId);
                Optional<Shape> shape = client.isUsable(vaultId) ? shape(vault, recordId, sealed) : Optional.empty();
                shape.ifPresentOrElse(there -> records.put(place, there), () -> unreadable.add(place));
            }));
            client.store().values().forEach((key, value) -> values.put(new StorePlace(id, key),
                    value.isExpired(nowMillis) ? ValueShape.EXPIRED : new ValueShape(value.value().size(),
                            value.value().read(bytes -> mac(NO_NAME, bytes)), false)));
        }

        private Optional<Shape> shape(Vault vault, Bytes24 id, SealedRecord sealed) {
            return sealed.facts(vault.key(), id).flatMap(facts -> sealed.open(vault.key(), facts,
                    secret -> sealed.isRevoked() ? Shape.revoked(facts.blob())
                            : new Shape(secret.length, facts.blob(), mac(id.bytes(), secret), false)));
        }

        private String mac(byte[] name, byte[] secret) {
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
            mac.update(name);
            return HexFormat.of().formatHex(mac.doFinal(secret));
        }
    }
}
