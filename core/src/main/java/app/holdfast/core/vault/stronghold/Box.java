package app.holdfast.core.vault.stronghold;

import app.holdfast.core.clock.RandomSource;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/// XChaCha20-Poly1305, in the order in which Stronghold lays a record's box out: tag, nonce, ciphertext.
final class Box {

    static final int TAG = 16;
    static final int NONCE = 24;
    static final int OVERHEAD = TAG + NONCE;

    private Box() {
    }

    static byte[] seal(byte[] key, byte[] aad, byte[] plain, RandomSource random) {
        byte[] nonce = random.bytes(NONCE);
        byte[] sealed = encrypt(key, nonce, aad, plain);
        byte[] box = new byte[OVERHEAD + plain.length];
        System.arraycopy(sealed, plain.length, box, 0, TAG);
        System.arraycopy(nonce, 0, box, TAG, NONCE);
        System.arraycopy(sealed, 0, box, OVERHEAD, plain.length);
        return box;
    }

    /// @return what was sealed, for the caller to wipe; empty when key, data or box are not those
    static Optional<byte[]> open(byte[] key, byte[] aad, byte[] box) {
        if (box.length < OVERHEAD) {
            return Optional.empty();
        }
        byte[] sealed = new byte[box.length - NONCE];
        System.arraycopy(box, OVERHEAD, sealed, 0, box.length - OVERHEAD);
        System.arraycopy(box, 0, sealed, box.length - OVERHEAD, TAG);
        return decrypt(key, Arrays.copyOfRange(box, TAG, OVERHEAD), aad, sealed);
    }

    /// @return ciphertext, then tag
    static byte[] encrypt(byte[] key, byte[] nonce, byte[] aad, byte[] plain) {
        try {
            return run(true, parameters(key, nonce, aad), plain);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing cannot fail", e);
        }
    }

    /// @param sealed ciphertext, then tag
    static Optional<byte[]> decrypt(byte[] key, byte[] nonce, byte[] aad, byte[] sealed) {
        try {
            return Optional.of(run(false, parameters(key, nonce, aad), sealed));
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
    }

    private static AEADParameters parameters(byte[] key, byte[] nonce, byte[] aad) {
        return new AEADParameters(new KeyParameter(key), TAG * Byte.SIZE, nonce, aad);
    }

    private static byte[] run(boolean seals, AEADParameters parameters, byte[] in) throws InvalidCipherTextException {
        var cipher = new XChaCha20Poly1305();
        cipher.init(seals, parameters);
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int written = cipher.processBytes(in, 0, in.length, out, 0);
        cipher.doFinal(out, written);
        return out;
    }
}
