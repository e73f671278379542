package tech.kwik.agent15.extension;

import app.holdfast.tls.wire.WireWriter;

/// An extension of which only the handshake knows the meaning.
public final class RawExtension extends Extension {

    private final int type;
    private final byte[] body;

    /// @param type 0 to 65535
    /// @param body not copied
    public RawExtension(int type, byte... body) {
        this.type = type;
        this.body = body;
    }

    @Override
    public int getType() {
        return type;
    }

    /// Not a copy.
    public byte[] body() {
        return body;
    }

    @Override
    public byte[] getBytes() {
        return new WireWriter().u16(type).vector16(body).toBytes();
    }
}
