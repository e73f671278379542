package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The fingerprint of one live dot: the first half of SHA-256 over record, author and sequence. A dot's contents never
/// change (P1), so its name stands for them.
final class DotHash {

    private static final int NAME_BYTES = 40;
    private static final MessageDigest SHA_256 = sha256();

    private DotHash() {
    }

    static Fingerprint of(UUID record, Dot dot) {
        ByteBuffer name = ByteBuffer.allocate(NAME_BYTES);
        name.putLong(record.getMostSignificantBits()).putLong(record.getLeastSignificantBits());
        name.putLong(dot.author().value().getMostSignificantBits());
        name.putLong(dot.author().value().getLeastSignificantBits()).putLong(dot.sequence());
        ByteBuffer hash = ByteBuffer.wrap(copy().digest(name.array()));
        return new Fingerprint(1, hash.getLong(), hash.getLong());
    }

    /// Quicker than looking the algorithm up; several libraries may be open, each with a writer of its own.
    private static MessageDigest copy() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own SHA-256 can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
