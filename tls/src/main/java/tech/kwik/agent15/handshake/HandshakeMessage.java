package tech.kwik.agent15.handshake;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.HandshakeType;

/// One message with its exact encoding.
public abstract class HandshakeMessage {

    /// Type and length come before every message's body.
    static final int HEADER_BYTES = 4;

    private final byte[] encoding;

    HandshakeMessage(byte[] encoding) {
        this.encoding = encoding;
    }

    /// Header and body. Not a copy.
    public byte[] getBytes() {
        return encoding;
    }

    static byte[] encode(HandshakeType type, byte[] body) {
        return new WireWriter().u8(type.value).vector24(body).toBytes();
    }

    /// A reader that stands at the body of a message whose header was checked by the parser.
    static WireReader body(byte[] encoding) {
        WireReader reader = new WireReader(encoding);
        reader.skipHeader(HEADER_BYTES);
        return reader;
    }
}
