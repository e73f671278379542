package app.holdfast.core.vault.stronghold;

import app.holdfast.core.clock.RandomSource;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.math.ec.rfc7748.X25519;

/// The envelope of version 2: a key pair for one write, whose public half stands in front of tag and ciphertext.
public final class SealedContent {

    /// Public key and tag.
    public static final int OVERHEAD = X25519.POINT_SIZE + Box.TAG;

    private SealedContent() {
    }

    /// @param key    32 bytes, used as a secret scalar
    /// @param aad    what has to be the same on opening; empty in every snapshot seen
    /// @param random makes the key pair of this write
    public static byte[] seal(byte[] key, byte[] aad, byte[] plain, RandomSource random) {
        byte[] secret = random.bytes(X25519.SCALAR_SIZE);
        try {
            return seal(key, aad, plain, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// @param secret the secret half of the key pair, 32 bytes that are never used again
    static byte[] seal(byte[] key, byte[] aad, byte[] plain, byte[] secret) {
        byte[] owner = publicKey(key);
        byte[] ephemeral = publicKey(secret);
        byte[] shared = new byte[X25519.POINT_SIZE];
        try {
            if (!X25519.calculateAgreement(secret, 0, owner, 0, shared, 0)) {
                throw new IllegalStateException("a key of this file is no key");
            }
            byte[] sealed = Box.encrypt(shared, nonce(ephemeral, owner), aad, plain);
            byte[] content = new byte[OVERHEAD + plain.length];
            System.arraycopy(ephemeral, 0, content, 0, ephemeral.length);
            System.arraycopy(sealed, plain.length, content, ephemeral.length, Box.TAG);
            System.arraycopy(sealed, 0, content, OVERHEAD, plain.length);
            return content;
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    /// @return what was sealed, for the caller to wipe; empty when the key is another, or a byte was changed
    public static Optional<byte[]> open(byte[] key, byte[] aad, byte[] content) {
        if (content.length < OVERHEAD) {
            return Optional.empty();
        }
        byte[] ephemeral = Arrays.copyOf(content, X25519.POINT_SIZE);
        byte[] owner = publicKey(key);
        byte[] shared = new byte[X25519.POINT_SIZE];
        byte[] sealed = new byte[content.length - ephemeral.length];
        System.arraycopy(content, OVERHEAD, sealed, 0, content.length - OVERHEAD);
        System.arraycopy(content, ephemeral.length, sealed, content.length - OVERHEAD, Box.TAG);
        try {
            return X25519.calculateAgreement(key, 0, ephemeral, 0, shared, 0)
                    ? Box.decrypt(shared, nonce(ephemeral, owner), aad, sealed) : Optional.empty();
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    private static byte[] publicKey(byte[] secret) {
        byte[] key = new byte[X25519.POINT_SIZE];
        X25519.scalarMultBase(secret, 0, key, 0);
        return key;
    }

    private static byte[] nonce(byte[] ephemeral, byte[] owner) {
        var digest = new Blake2bDigest(256);
        digest.update(ephemeral, 0, ephemeral.length);
        digest.update(owner, 0, owner.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return Arrays.copyOf(hash, Box.NONCE);
    }
}
