package tech.kwik.agent15.extension;

/// One extension of a message (RFC 8446 section 4.2).
public abstract class Extension {

    public Extension() {}

    /// The whole encoding: type, length, body.
    public abstract byte[] getBytes();

    /// 0 to 65535.
    public int getType() {
        byte[] bytes = getBytes();
        return (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    }
}
