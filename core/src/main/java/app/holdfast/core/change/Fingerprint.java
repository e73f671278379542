package app.holdfast.core.change;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// What a set of dots looks like from afar: how many there are, and the sum of their hashes modulo 2^128. Sums of
/// ranges add up to the sum of the whole, and a dot that goes is subtracted again.
///
/// A dot's hash is the first half of SHA-256 over record, author and sequence. A dot's contents never change (P1), so
/// sets of equal names are equal states. After Meyer, Range-Based Set Reconciliation, SRDS 2023; Negentropy's
/// fingerprint is the same sum.
public record Fingerprint(long count, long high, long low) {

    public static final Fingerprint NONE = new Fingerprint(0, 0, 0);

    private static final int NAME_BYTES = 40;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Fingerprint::sha256);

    public static Fingerprint of(UUID record, Dot dot) {
        ByteBuffer name = ByteBuffer.allocate(NAME_BYTES);
        name.putLong(record.getMostSignificantBits()).putLong(record.getLeastSignificantBits());
        name.putLong(dot.author().value().getMostSignificantBits());
        name.putLong(dot.author().value().getLeastSignificantBits()).putLong(dot.sequence());
        ByteBuffer hash = ByteBuffer.wrap(SHA_256.get().digest(name.array()));
        return new Fingerprint(1, hash.getLong(), hash.getLong());
    }

    public Fingerprint plus(Fingerprint other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Fingerprint(count + other.count, high + other.high + carry, sum);
    }

    public Fingerprint minus(Fingerprint other) {
        long difference = low - other.low;
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Fingerprint(count - other.count, high - other.high - borrow, difference);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
