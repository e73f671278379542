package tech.kwik.agent15.handshake;

import java.util.List;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.extension.Extensions;

/// RFC 8446 section 4.3.2, as it comes within a handshake: with an empty context.
public final class CertificateRequestMessage extends HandshakeMessage {

    private final List<Extension> extensions;

    private CertificateRequestMessage(byte[] encoding, List<Extension> extensions) {
        super(encoding);
        this.extensions = List.copyOf(extensions);
    }

    public static CertificateRequestMessage of(List<Extension> extensions) {
        byte[] body = new WireWriter().vector8().bytes(Extensions.encode(extensions)).toBytes();
        return new CertificateRequestMessage(encode(HandshakeType.certificate_request, body), extensions);
    }

    public static CertificateRequestMessage parse(byte[] encoding) throws TlsProtocolException {
        WireReader reader = body(encoding);
        if (reader.vector8("request context").hasMore()) {
            throw new ErrorAlert("a certificate request with a context", AlertDescription.illegal_parameter);
        }
        List<Extension> extensions = Extensions.parse(reader, HandshakeType.certificate_request, null);
        reader.end("CertificateRequest");
        return new CertificateRequestMessage(encoding, extensions);
    }

    public List<Extension> extensions() {
        return extensions;
    }
}
