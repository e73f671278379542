package app.holdfast.core.vault;

import app.holdfast.core.vault.key.KeyDerivation;
import app.holdfast.core.vault.stronghold.Secret;

/// What has to be kept of an opened snapshot to write it again without its password.
///
/// In version 3 that is the header and the file key: a save draws a new nonce and costs no scrypt (ADR 142).
///
/// @param derivation how the key was made of the password
/// @param workFactor of version 3; -1 in version 2
/// @param header     of the age file, without secrets; empty in version 2
/// @param secret     the file key of version 3, the key of version 2
record Lock(int version, KeyDerivation derivation, int workFactor, Header header, Secret secret) {

    /// Bytes that do not change.
    static final class Header {

        static final Header NONE = new Header(new byte[0]);

        private final byte[] bytes;

        Header(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }
}
