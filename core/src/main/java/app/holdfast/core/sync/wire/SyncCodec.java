package app.holdfast.core.sync.wire;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.sync.SyncMessage;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/// The one codec of [SyncMessage]: a message is a frame, a frame is a message (`docs/protocol/frames.md`, section 1).
///
/// A frame is a byte of type, then the body; with [#COMPRESSED] set in the type, the body's size in four bytes and
/// the body compressed by zstd. Any thread.
public final class SyncCodec {

    /// Larger messages are split by whoever makes them; [#encode] refuses them. Not above `Link.FRAME_BYTES_MAX`.
    public static final int FRAME_BYTES_MAX = 1 << 20;
    /// A body that would decompress to more is refused before anything is allocated for it.
    public static final int BODY_BYTES_MAX = 1 << 23;
    /// Smaller bodies are sent as they are: compressing would cost more than it saves.
    static final int COMPRESS_FROM_BYTES = 200;
    static final int COMPRESSED = 0x80;
    private static final int COMPRESSED_HEAD_BYTES = 5;

    private SyncCodec() {
    }

    /// @throws IllegalArgumentException when the message is larger than a frame, or holds what no peer would take
    public static byte[] encode(SyncMessage message) {
        byte[] body = MessageWriter.body(message);
        if (body.length > BODY_BYTES_MAX) {
            throw new IllegalArgumentException("a " + message.getClass().getSimpleName() + " of " + body.length
                    + " bytes, at most " + BODY_BYTES_MAX + " are taken");
        }
        byte[] frame = frame(MessageWriter.type(message), body);
        if (frame.length > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("a " + message.getClass().getSimpleName() + " of " + frame.length
                    + " bytes compressed, at most " + FRAME_BYTES_MAX + " fit in a frame");
        }
        return frame;
    }

    /// @throws WireException when the frame is no message that this version knows
    public static SyncMessage decode(byte[] frame) throws WireException {
        if (frame.length == 0 || frame.length > FRAME_BYTES_MAX) {
            throw new WireException(0, "a frame of " + frame.length + " bytes");
        }
        int type = frame[0] & 0xff;
        try {
            return (type & COMPRESSED) == 0
                    ? new MessageReader(frame, 1).message(type)
                    : new MessageReader(decompressed(frame), 0).message(type & ~COMPRESSED);
        } catch (CborException e) {
            throw new WireException(e.offset(), e.reason());
        }
    }

    private static byte[] frame(int type, byte[] body) {
        if (body.length >= COMPRESS_FROM_BYTES) {
            byte[] compressed = Compression.compress(body);
            if (compressed.length + COMPRESSED_HEAD_BYTES <= body.length) {
                return ByteBuffer.allocate(COMPRESSED_HEAD_BYTES + compressed.length)
                        .put((byte) (type | COMPRESSED)).putInt(body.length).put(compressed).array();
            }
        }
        return ByteBuffer.allocate(1 + body.length).put((byte) type).put(body).array();
    }

    private static byte[] decompressed(byte[] frame) throws WireException {
        if (frame.length < COMPRESSED_HEAD_BYTES) {
            throw new WireException(frame.length, "cut short");
        }
        int size = ByteBuffer.wrap(frame).getInt(1);
        if (size < 0 || size > BODY_BYTES_MAX) {
            throw new WireException(1, Integer.toUnsignedLong(size) + " bytes when decompressed, at most "
                    + BODY_BYTES_MAX + " are taken");
        }
        try {
            byte[] body = new byte[size];
            int written = Compression.decompress(body, frame, COMPRESSED_HEAD_BYTES);
            if (written != size) {
                throw new WireException(1, written + " bytes when decompressed, announced were " + size);
            }
            return body;
        } catch (ZstdException e) {
            throw new WireException(COMPRESSED_HEAD_BYTES, String.valueOf(e.getMessage()));
        }
    }
}
