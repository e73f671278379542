package tech.kwik.agent15.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.extension.ExtensionParser;
import tech.kwik.agent15.extension.Extensions;

/// RFC 8446 section 4.3.1.
public final class EncryptedExtensions extends HandshakeMessage {

    private final List<Extension> extensions;

    private EncryptedExtensions(byte[] encoding, List<Extension> extensions) {
        super(encoding);
        this.extensions = List.copyOf(extensions);
    }

    public static EncryptedExtensions of(List<Extension> extensions) {
        return new EncryptedExtensions(encode(HandshakeType.encrypted_extensions, Extensions.encode(extensions)),
                extensions);
    }

    public static EncryptedExtensions parse(byte[] encoding, @Nullable ExtensionParser custom)
            throws TlsProtocolException {
        WireReader reader = body(encoding);
        List<Extension> extensions = Extensions.parse(reader, HandshakeType.encrypted_extensions, custom);
        reader.end("EncryptedExtensions");
        return new EncryptedExtensions(encoding, extensions);
    }

    /// The same with another message behind it in the same write: kwik's sender has no method for a
    /// CertificateRequest, and to the peer a CRYPTO stream is only bytes.
    public EncryptedExtensions followedBy(CertificateRequestMessage request) {
        return new EncryptedExtensions(new WireWriter().bytes(getBytes()).bytes(request.getBytes()).toBytes(),
                extensions);
    }

    public List<Extension> getExtensions() {
        return extensions;
    }
}
