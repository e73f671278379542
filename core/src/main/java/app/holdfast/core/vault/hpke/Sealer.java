package app.holdfast.core.vault.hpke;

import app.holdfast.core.clock.RandomSource;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/// The sender's side: seals one part after the other, each for its place in the order.
public final class Sealer {

    /// Bytes that a part grows by.
    public static final int TAG = Suite.TAG;

    private final HPKEContextWithEncapsulation context;

    private Sealer(HPKEContextWithEncapsulation context) {
        this.context = context;
    }

    /// @param publicKey the receiver's, 32 bytes
    /// @param info      what both have to agree on, or nothing opens
    /// @return empty when that is no key with which a secret can be agreed
    public static Optional<Sealer> to(byte[] publicKey, byte[] info, RandomSource random) {
        byte[] seed = random.bytes(Suite.KEY);
        try {
            return to(publicKey, info, seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// @param seed of the key pair of this sender, 32 bytes that are never used again
    static Optional<Sealer> to(byte[] publicKey, byte[] info, byte[] seed) {
        HPKE hpke = Suite.get();
        try {
            return Optional.of(new Sealer(hpke.setupBaseS(hpke.deserializePublicKey(publicKey), info,
                    hpke.deriveKeyPair(seed))));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty(); // a point of small order, or not 32 bytes
        }
    }

    /// What the receiver needs to open: 32 bytes that are no secret.
    public byte[] ahead() {
        return context.getEncapsulation().clone();
    }

    /// @param data what has to be the same on opening
    /// @return 16 bytes longer
    public byte[] seal(byte[] data, byte[] plain) {
        try {
            return context.seal(data, plain);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing cannot fail", e);
        }
    }

    /// 32 bytes that only the two know, for another purpose (RFC 9180 section 5.3); the caller wipes them.
    public byte[] secret(byte[] purpose) {
        return context.export(purpose, Suite.KEY);
    }
}
