package app.holdfast.core.vault.hpke;

import app.holdfast.core.clock.RandomSource;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;

/// A key pair that a receiver makes for one exchange. Its secret half never leaves this object.
public final class ReceiverKey {

    /// Bytes of the public half.
    public static final int SIZE = Suite.KEY;

    private final AsymmetricCipherKeyPair pair;
    private final byte[] publicKey;

    private ReceiverKey(AsymmetricCipherKeyPair pair, byte[] publicKey) {
        this.pair = pair;
        this.publicKey = publicKey;
    }

    public static ReceiverKey make(RandomSource random) {
        byte[] seed = random.bytes(Suite.KEY);
        try {
            return of(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    static ReceiverKey of(byte[] seed) {
        HPKE hpke = Suite.get();
        AsymmetricCipherKeyPair pair = hpke.deriveKeyPair(seed);
        return new ReceiverKey(pair, hpke.serializePublicKey(pair.getPublic()));
    }

    /// For the sender, 32 bytes.
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// @param ahead what the sender sent ahead
    /// @param info  the same as the sender's
    /// @return empty when that is no key with which a secret can be agreed
    public Optional<Opener> opener(byte[] ahead, byte[] info) {
        try {
            return Optional.of(new Opener(Suite.get().setupBaseR(ahead, pair, info)));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty(); // a point of small order, or not 32 bytes
        }
    }
}
