package app.holdfast.tls.wire;

import java.io.ByteArrayOutputStream;

/// Writes what `WireReader` reads. Not for several threads.
public final class WireWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public WireWriter u8(int value) {
        out.write(value);
        return this;
    }

    public WireWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public WireWriter u24(int value) {
        return u8(value >>> 16).u16(value);
    }

    public WireWriter bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public WireWriter vector8(byte... bytes) {
        return fits(bytes, 0xff).u8(bytes.length).bytes(bytes);
    }

    public WireWriter vector16(byte... bytes) {
        return fits(bytes, 0xffff).u16(bytes.length).bytes(bytes);
    }

    public WireWriter vector24(byte... bytes) {
        return fits(bytes, 0xffffff).u24(bytes.length).bytes(bytes);
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    private WireWriter fits(byte[] bytes, int lengthMax) {
        if (bytes.length > lengthMax) {
            throw new IllegalArgumentException(bytes.length + " bytes in a vector of at most " + lengthMax);
        }
        return this;
    }
}
