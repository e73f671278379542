package app.holdfast.tls.wire;

import java.util.Arrays;

import tech.kwik.agent15.alert.DecodeErrorException;

/// Reads bytes of a peer. Whatever they are, each method either gives what it promises or throws with the offset.
public final class WireReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    public WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private WireReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /// Passes over bytes that are known to be there.
    public void skipHeader(int count) {
        at += count;
    }

    public boolean hasMore() {
        return at < end;
    }

    /// Bytes from the start of the array to the next byte that is read.
    public int offset() {
        return at;
    }

    public int u8(String what) throws DecodeErrorException {
        need(1, what);
        return bytes[at++] & 0xff;
    }

    public int u16(String what) throws DecodeErrorException {
        return u8(what) << 8 | u8(what);
    }

    public int u24(String what) throws DecodeErrorException {
        return u8(what) << 16 | u16(what);
    }

    public byte[] bytes(int count, String what) throws DecodeErrorException {
        need(count, what);
        byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    /// All that is left.
    public byte[] rest() {
        byte[] taken = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return taken;
    }

    /// A reader for a vector of at most 255 bytes; this reader goes on behind it.
    public WireReader vector8(String what) throws DecodeErrorException {
        return part(u8(what), what);
    }

    /// A reader for a vector of at most 65535 bytes; this reader goes on behind it.
    public WireReader vector16(String what) throws DecodeErrorException {
        return part(u16(what), what);
    }

    /// A reader for a vector of at most 2^24-1 bytes; this reader goes on behind it.
    public WireReader vector24(String what) throws DecodeErrorException {
        return part(u24(what), what);
    }

    /// @throws DecodeErrorException when anything is left
    public void end(String what) throws DecodeErrorException {
        if (hasMore()) {
            throw new DecodeErrorException(what + " is followed by " + (end - at) + " bytes too many at byte " + at);
        }
    }

    private WireReader part(int length, String what) throws DecodeErrorException {
        need(length, what);
        WireReader part = new WireReader(bytes, at, at + length);
        at += length;
        return part;
    }

    private void need(int count, String what) throws DecodeErrorException {
        if (count > end - at) {
            throw new DecodeErrorException(what + " is cut short at byte " + at);
        }
    }
}
