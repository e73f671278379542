package tech.kwik.agent15.handshake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.extension.ExtensionParser;
import tech.kwik.agent15.extension.Extensions;

/// RFC 8446 section 4.1.2, in the form that QUIC asks for (RFC 9001 section 8.4): no session id, no compression.
public final class ClientHello extends HandshakeMessage {

    /// "legacy_version" of both hellos.
    static final int LEGACY_VERSION = 0x0303;
    static final int RANDOM_BYTES = 32;

    private final byte[] random;
    private final List<Integer> suites;
    private final List<Extension> extensions;

    private ClientHello(byte[] encoding, byte[] random, List<Integer> suites, List<Extension> extensions) {
        super(encoding);
        this.random = random;
        this.suites = List.copyOf(suites);
        this.extensions = List.copyOf(extensions);
    }

    public static ClientHello of(byte[] random, List<CipherSuite> suites, List<Extension> extensions) {
        WireWriter suiteList = new WireWriter();
        suites.forEach(suite -> suiteList.u16(suite.value));
        byte[] body = new WireWriter().u16(LEGACY_VERSION).bytes(random).vector8().vector16(suiteList.toBytes())
                .vector8((byte) 0).bytes(Extensions.encode(extensions)).toBytes();
        return new ClientHello(encode(HandshakeType.client_hello, body), random,
                suites.stream().map(suite -> suite.value & 0xffff).toList(), extensions);
    }

    /// @throws TlsProtocolException when it is not a ClientHello, or not one for QUIC
    public static ClientHello parse(byte[] encoding, @Nullable ExtensionParser custom) throws TlsProtocolException {
        WireReader reader = body(encoding);
        if (reader.u16("version") != LEGACY_VERSION) {
            throw new ErrorAlert("not a TLS 1.3 hello", AlertDescription.protocol_version);
        }
        byte[] random = reader.bytes(RANDOM_BYTES, "random");
        if (reader.vector8("session id").hasMore()) {
            throw new ErrorAlert("a session id in QUIC", AlertDescription.illegal_parameter);
        }
        WireReader suiteList = reader.vector16("cipher suites");
        List<Integer> suites = new ArrayList<>();
        while (suiteList.hasMore()) {
            suites.add(suiteList.u16("cipher suite"));
        }
        if (!Arrays.equals(reader.vector8("compression").rest(), new byte[1])) {
            throw new ErrorAlert("compression is offered", AlertDescription.illegal_parameter);
        }
        List<Extension> extensions = Extensions.parse(reader, HandshakeType.client_hello, custom);
        reader.end("ClientHello");
        return new ClientHello(encoding, random, suites, extensions);
    }

    public byte[] getClientRandom() {
        return random.clone();
    }

    /// Whether the client offers this suite.
    public boolean offers(CipherSuite suite) {
        return suites.contains(suite.value & 0xffff);
    }

    public List<Extension> getExtensions() {
        return extensions;
    }
}
