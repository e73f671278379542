package tech.kwik.agent15.handshake;

import org.jspecify.annotations.Nullable;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;

/// RFC 8446 section 4.4.2 with a raw public key (RFC 7250 section 3): one entry, without extensions.
public final class CertificateMessage extends HandshakeMessage {

    private final byte @Nullable [] publicKeyInfo;

    private CertificateMessage(byte[] encoding, byte @Nullable [] publicKeyInfo) {
        super(encoding);
        this.publicKeyInfo = publicKeyInfo;
    }

    /// @param publicKeyInfo a DER SubjectPublicKeyInfo
    public static CertificateMessage of(byte[] publicKeyInfo) {
        byte[] entry = new WireWriter().vector24(publicKeyInfo).vector16().toBytes();
        byte[] body = new WireWriter().vector8().vector24(entry).toBytes();
        return new CertificateMessage(encode(HandshakeType.certificate, body), publicKeyInfo);
    }

    public static CertificateMessage parse(byte[] encoding) throws TlsProtocolException {
        WireReader reader = body(encoding);
        if (reader.vector8("request context").hasMore()) {
            throw new ErrorAlert("a certificate with a request context", AlertDescription.illegal_parameter);
        }
        WireReader entries = reader.vector24("certificate list");
        reader.end("Certificate");
        if (!entries.hasMore()) {
            return new CertificateMessage(encoding, null);
        }
        byte[] publicKeyInfo = entries.vector24("raw public key").rest();
        if (entries.vector16("certificate extensions").hasMore()) {
            throw new ErrorAlert("a raw public key with extensions", AlertDescription.unsupported_extension);
        }
        if (entries.hasMore()) {
            throw new ErrorAlert("more than one raw public key", AlertDescription.bad_certificate);
        }
        return new CertificateMessage(encoding, publicKeyInfo);
    }

    /// The bytes of what should be a SubjectPublicKeyInfo, or null when the peer declines to show a key. Not a copy.
    public byte @Nullable [] publicKeyInfo() {
        return publicKeyInfo;
    }
}
