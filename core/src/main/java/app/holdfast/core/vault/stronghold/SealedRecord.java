package app.holdfast.core.vault.stronghold;

import app.holdfast.core.clock.RandomSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A record as it lies in the payload: what it is about, whether it was revoked, and the secret, each in a box of its
/// own under the vault's key. Immutable.
public final class SealedRecord {

    /// What the box about a record has in it.
    private static final int FACTS = 112;
    static final int FACTS_SEALED = FACTS + Box.OVERHEAD;
    private static final long DATA = 1;
    private static final long REVOCATION = 2;
    private static final byte[] NOTHING = {};

    private final byte[] facts;
    private final byte[] revocation;
    private final byte[] blob;

    /// @param revocation empty when it was not revoked
    SealedRecord(byte[] facts, byte[] revocation, byte[] blob) {
        this.facts = facts;
        this.revocation = revocation;
        this.blob = blob;
    }

    /// What a record is about.
    ///
    /// @param record its id
    /// @param blob   changes with every write, and so is the record's version
    /// @param length of the secret, bytes
    /// @param hint   what the application wrote beside it
    public record Facts(Bytes24 record, Bytes24 blob, long length, Bytes24 hint) {}

    /// @param secret copied; the caller wipes its own
    public static SealedRecord seal(Secret key, Facts about, byte[] secret, RandomSource random) {
        if (about.length() != secret.length) {
            throw new IllegalArgumentException("a record says how long its secret is");
        }
        byte[] plain = ByteBuffer.allocate(FACTS).putLong(DATA).putLong(secret.length).put(about.record().bytes())
                .put(about.blob().bytes()).put(about.hint().bytes()).array();
        return key.read(bytes -> new SealedRecord(Box.seal(bytes, about.record().bytes(), plain, random), NOTHING,
                Box.seal(bytes, about.blob().bytes(), secret, random)));
    }

    /// An engine takes a revoked record for absent. The secret stays in the file until it is collected.
    public boolean isRevoked() {
        return revocation.length > 0;
    }

    /// Bytes of the secret, as the length of its box says.
    public int size() {
        return blob.length - Box.OVERHEAD;
    }

    public SealedRecord revoked(Secret key, Bytes24 id, RandomSource random) {
        byte[] plain = ByteBuffer.allocate(FACTS).putLong(REVOCATION).put(id.bytes()).array();
        return new SealedRecord(facts, key.read(bytes -> Box.seal(bytes, id.bytes(), plain, random)), blob);
    }

    /// @return empty when the key does not open it, or it is about another record
    public Optional<Facts> facts(Secret key, Bytes24 id) {
        return key.read(bytes -> Box.open(bytes, id.bytes(), facts)).flatMap(plain -> {
            ByteBuffer buffer = ByteBuffer.wrap(plain);
            boolean isData = plain.length == FACTS && buffer.getLong() == DATA;
            if (!isData) {
                return Optional.empty();
            }
            long length = buffer.getLong();
            Bytes24 record = Bytes24.at(plain, 16);
            return record.equals(id) && length == size() ? Optional.of(new Facts(record,
                    Bytes24.at(plain, 16 + Bytes24.SIZE), length, Bytes24.at(plain, 16 + 2 * Bytes24.SIZE)))
                    : Optional.empty();
        });
    }

    /// Whether what says that it was revoked was sealed by who has the key. True where there is none.
    public boolean hasGoodRevocation(Secret key, Bytes24 id) {
        return !isRevoked() || key.read(bytes -> Box.open(bytes, id.bytes(), revocation))
                .filter(plain -> plain.length == FACTS && ByteBuffer.wrap(plain).getLong() == REVOCATION
                        && Bytes24.at(plain, Long.BYTES).equals(id)).isPresent();
    }

    /// Lends the secret: it is wiped afterwards.
    ///
    /// @return empty when the key does not open it
    public <T, X extends Exception> Optional<T> open(Secret key, Facts about, Secret.Reading<T, X> reading) throws X {
        Optional<byte[]> plain = key.read(bytes -> Box.open(bytes, about.blob().bytes(), blob));
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.of(plain.get()));
        } finally {
            Arrays.fill(plain.get(), (byte) 0);
        }
    }

    int bytes() {
        return facts.length + revocation.length + blob.length;
    }

    byte[] sealedFacts() {
        return facts;
    }

    byte[] sealedRevocation() {
        return revocation;
    }

    byte[] sealedBlob() {
        return blob;
    }
}
