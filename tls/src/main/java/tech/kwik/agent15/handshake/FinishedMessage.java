package tech.kwik.agent15.handshake;

import tech.kwik.agent15.TlsConstants.HandshakeType;

/// RFC 8446 section 4.4.4.
public final class FinishedMessage extends HandshakeMessage {

    private final byte[] verifyData;

    private FinishedMessage(byte[] encoding, byte[] verifyData) {
        super(encoding);
        this.verifyData = verifyData;
    }

    public static FinishedMessage of(byte[] verifyData) {
        return new FinishedMessage(encode(HandshakeType.finished, verifyData), verifyData);
    }

    public static FinishedMessage parse(byte[] encoding) {
        return new FinishedMessage(encoding, body(encoding).rest());
    }

    /// Of any length; not a copy.
    public byte[] verifyData() {
        return verifyData;
    }
}
