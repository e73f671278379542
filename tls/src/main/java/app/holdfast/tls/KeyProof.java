package app.holdfast.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.SignatureScheme;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;

/// How one side proves that it holds the key it showed: a signature over the handshake so far (RFC 8446 section 4.4.3).
enum KeyProof {
    BY_CLIENT("TLS 1.3, client CertificateVerify"),
    BY_SERVER("TLS 1.3, server CertificateVerify");

    private static final int SIGNATURE_BYTES = 64;
    private static final int POINT_BYTES = 32;

    private final String context;

    KeyProof(String context) {
        this.context = context;
    }

    CertificateVerifyMessage sign(PrivateKey key, byte[] transcript) throws ErrorAlert {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(content(transcript));
            return CertificateVerifyMessage.of(SignatureScheme.ed25519, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new ErrorAlert("own key cannot sign", AlertDescription.internal_error);
        }
    }

    /// Checks as strictly as iroh does: the JDK sees to it that the second half is reduced, the first must not be of
    /// small order.
    ///
    /// @throws ErrorAlert when it proves nothing
    void check(CertificateVerifyMessage message, RawPublicKey peer, byte[] transcript) throws ErrorAlert {
        if (!message.uses(SignatureScheme.ed25519)) {
            throw new ErrorAlert("a signature that was not asked for", AlertDescription.illegal_parameter);
        }
        byte[] bytes = message.signature();
        if (bytes.length != SIGNATURE_BYTES || EdwardsPoint.flaw(Arrays.copyOf(bytes, POINT_BYTES)) != null
                || !verifies(bytes, peer, transcript)) {
            throw new ErrorAlert("the peer does not hold the key it shows", AlertDescription.decrypt_error);
        }
    }

    private boolean verifies(byte[] bytes, RawPublicKey peer, byte[] transcript) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(peer.getPublicKey());
            signature.update(content(transcript));
            return signature.verify(bytes);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] content(byte[] transcript) {
        byte[] blanks = new byte[64];
        Arrays.fill(blanks, (byte) ' ');
        return new WireWriter().bytes(blanks).bytes(context.getBytes(US_ASCII)).u8(0).bytes(transcript).toBytes();
    }
}
