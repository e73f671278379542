package app.holdfast.core.vault.hpke;

import org.bouncycastle.crypto.hpke.HPKE;

/// The one suite that is spoken.
final class Suite {

    /// Bytes of a public key, and of what a sender sends ahead.
    static final int KEY = 32;
    /// Bytes that a part grows by.
    static final int TAG = 16;

    private Suite() {
    }

    static HPKE get() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
    }
}
