package tech.kwik.agent15.handshake;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsConstants.SignatureScheme;
import tech.kwik.agent15.alert.DecodeErrorException;

/// RFC 8446 section 4.4.3.
public final class CertificateVerifyMessage extends HandshakeMessage {

    private final int scheme;
    private final byte[] signature;

    private CertificateVerifyMessage(byte[] encoding, int scheme, byte[] signature) {
        super(encoding);
        this.scheme = scheme;
        this.signature = signature;
    }

    public static CertificateVerifyMessage of(SignatureScheme scheme, byte[] signature) {
        byte[] body = new WireWriter().u16(scheme.value).vector16(signature).toBytes();
        return new CertificateVerifyMessage(encode(HandshakeType.certificate_verify, body), scheme.value & 0xffff,
                signature);
    }

    public static CertificateVerifyMessage parse(byte[] encoding) throws DecodeErrorException {
        WireReader reader = body(encoding);
        int scheme = reader.u16("signature scheme");
        byte[] signature = reader.vector16("signature").rest();
        reader.end("CertificateVerify");
        return new CertificateVerifyMessage(encoding, scheme, signature);
    }

    public boolean uses(SignatureScheme wanted) {
        return scheme == (wanted.value & 0xffff);
    }

    /// Of any length; not a copy.
    public byte[] signature() {
        return signature;
    }
}
