package app.holdfast.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.alert.ErrorAlert;

/// This side's half of a key agreement with x25519 (RFC 7748), made for one handshake.
///
/// The JDK keeps the private half and has no way to wipe it; whoever made a share drops it as soon as the keys are
/// agreed on.
final class KeyShare {

    /// Length of a public half and of the shared secret.
    static final int BYTES = 32;

    private final KeyPair pair;

    KeyShare() {
        try {
            pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no X25519", e);
        }
    }

    /// The public half: the u coordinate, little-endian.
    byte[] publicBytes() {
        byte[] bigEndian = ((XECPublicKey) pair.getPublic()).getU().toByteArray();
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < Math.min(BYTES, bigEndian.length); i++) {
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return bytes;
    }

    /// The secret that both sides come to.
    ///
    /// @param peer the other side's public half; its highest bit does not count (RFC 7748 section 5)
    /// @throws ErrorAlert when the peer's half is a point of small order, so that the secret would be none (RFC 8446
    ///     section 7.4.2)
    byte[] agree(byte[] peer) throws ErrorAlert {
        byte[] bigEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bigEndian[i] = peer[BYTES - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        try {
            var u = new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian));
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(pair.getPrivate());
            agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(u), true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw new ErrorAlert("a key share that leads to no secret", AlertDescription.illegal_parameter);
        }
    }
}
