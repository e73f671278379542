package app.holdfast.core.change;

/// What a set of dots looks like from afar: how many there are, and the sum of their hashes modulo 2^128. Sums of
/// ranges add up to the sum of the whole, and a dot that goes is subtracted again.
///
/// A dot's hash is the first half of SHA-256 over record, author and sequence. A dot's contents never change (P1), so
/// sets of equal names are equal states. After Meyer, Range-Based Set Reconciliation, SRDS 2023; Negentropy's
/// fingerprint is the same sum.
public record Fingerprint(long count, long high, long low) {

    public static final Fingerprint NONE = new Fingerprint(0, 0, 0);

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
}
