package tech.kwik.agent15.handshake;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.extension.Extensions;

/// RFC 8446 section 4.1.3.
public final class ServerHello extends HandshakeMessage {

    /// A hello with this random is a HelloRetryRequest: SHA-256 of "HelloRetryRequest".
    private static final byte[] RETRY_RANDOM =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private final byte[] random;
    private final int suite;
    private final List<Extension> extensions;

    private ServerHello(byte[] encoding, byte[] random, int suite, List<Extension> extensions) {
        super(encoding);
        this.random = random;
        this.suite = suite;
        this.extensions = List.copyOf(extensions);
    }

    public static ServerHello of(byte[] random, CipherSuite suite, List<Extension> extensions) {
        byte[] body = new WireWriter().u16(ClientHello.LEGACY_VERSION).bytes(random).vector8().u16(suite.value).u8(0)
                .bytes(Extensions.encode(extensions)).toBytes();
        return new ServerHello(encode(HandshakeType.server_hello, body), random, suite.value & 0xffff, extensions);
    }

    /// @throws TlsProtocolException when it is not a ServerHello, or not one for QUIC
    public static ServerHello parse(byte[] encoding) throws TlsProtocolException {
        WireReader reader = body(encoding);
        if (reader.u16("version") != ClientHello.LEGACY_VERSION) {
            throw new ErrorAlert("not a TLS 1.3 hello", AlertDescription.protocol_version);
        }
        byte[] random = reader.bytes(ClientHello.RANDOM_BYTES, "random");
        if (reader.vector8("session id").hasMore()) {
            throw new ErrorAlert("a session id that was not sent is echoed", AlertDescription.illegal_parameter);
        }
        int suite = reader.u16("cipher suite");
        if (reader.u8("compression") != 0) {
            throw new ErrorAlert("compression is chosen", AlertDescription.illegal_parameter);
        }
        List<Extension> extensions = Extensions.parse(reader, HandshakeType.server_hello, null);
        reader.end("ServerHello");
        return new ServerHello(encoding, random, suite, extensions);
    }

    public boolean isRetryRequest() {
        return Arrays.equals(random, RETRY_RANDOM);
    }

    public boolean chooses(CipherSuite offered) {
        return suite == (offered.value & 0xffff);
    }

    public List<Extension> extensions() {
        return extensions;
    }
}
