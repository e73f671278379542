package app.holdfast.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Frames on a stream: first the preamble, then each frame behind its length (`docs/protocol/transport.md`, section
/// 4).
///
/// Reads a peer's bytes; confined to the thread that reads.
final class Frames {

    /// What both sides say first: it opens the stream, and shows at once whether the peer speaks this at all.
    private static final byte[] PREAMBLE = {'H', 'F', 'L', '1'};
    private static final int LENGTH_BYTES = 4;

    private final InputStream in;
    private long offset;

    Frames(InputStream in) {
        this.in = in;
    }

    static byte[] preamble() {
        return PREAMBLE.clone();
    }

    /// @throws IllegalArgumentException when the frame is too long
    static byte[] encode(byte[] frame) {
        if (frame.length > Link.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.length + " bytes; " + Link.FRAME_BYTES_MAX + " at most");
        }
        return ByteBuffer.allocate(LENGTH_BYTES + frame.length).putInt(frame.length).put(frame).array();
    }

    /// @throws FrameException when the peer says anything else
    void readPreamble() throws IOException {
        byte[] bytes = in.readNBytes(PREAMBLE.length);
        if (!Arrays.equals(bytes, PREAMBLE)) {
            throw new FrameException("not the preamble of a link", 0);
        }
        offset = PREAMBLE.length;
    }

    /// @return the next frame, or null when the stream ends where a frame would begin
    /// @throws FrameException when it ends elsewhere, or the next frame is too long; nothing is allocated for that
    byte @Nullable [] read() throws IOException {
        byte[] head = in.readNBytes(LENGTH_BYTES);
        if (head.length == 0) {
            return null;
        }
        if (head.length < LENGTH_BYTES) {
            throw new FrameException("the stream ends within the length of a frame", offset + head.length);
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt());
        if (length > Link.FRAME_BYTES_MAX) {
            throw new FrameException("a frame of " + length + " bytes, " + Link.FRAME_BYTES_MAX + " at most", offset);
        }
        offset += LENGTH_BYTES;
        byte[] frame = in.readNBytes((int) length);
        if (frame.length < length) {
            throw new FrameException("the stream ends within a frame of " + length + " bytes", offset + frame.length);
        }
        offset += length;
        return frame;
    }
}
