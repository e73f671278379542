package app.holdfast.desktop.instance;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/// Messages over a connection: four bytes of length, most significant first, then as many bytes of JSON.
///
/// One thread may read while others write; writers take turns.
final class Frames {

    /// A longer message is refused before a byte of it is stored. Holds the longest argument list that people type;
    /// output is cut into far smaller pieces.
    static final int FRAME_BYTES_MAX = 1 << 20;

    private final SocketChannel channel;
    private long position;

    Frames(SocketChannel channel) {
        this.channel = channel;
    }

    /// Waits for the next message.
    ///
    /// @return empty when the other side has closed between two messages
    /// @throws EOFException when it closed within one
    Optional<Message> read() throws IOException, MalformedMessage {
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
        if (!fill(head)) {
            if (head.position() == 0) {
                return Optional.empty();
            }
            throw new EOFException("closed within a length");
        }
        long length = Integer.toUnsignedLong(head.getInt(0));
        if (length > FRAME_BYTES_MAX) {
            throw new MalformedMessage("a message of %d bytes, more than %d".formatted(length, FRAME_BYTES_MAX),
                    position - Integer.BYTES);
        }
        ByteBuffer body = ByteBuffer.allocate((int) length);
        if (!fill(body)) {
            throw new EOFException("closed within a message");
        }
        try {
            return Optional.of(MessageCodec.decode(body.array()));
        } finally {
            wipeSecret(body.array(), body.array());
        }
    }

    /// @throws MalformedMessage when the message is longer than the other side would take; nothing was sent
    void write(Message message) throws IOException, MalformedMessage {
        byte[] body = MessageCodec.encode(message);
        if (body.length > FRAME_BYTES_MAX) {
            throw new MalformedMessage("a message of %d bytes, more than %d".formatted(body.length, FRAME_BYTES_MAX),
                    FRAME_BYTES_MAX);
        }
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).flip();
        try {
            synchronized (this) {
                while (frame.hasRemaining()) {
                    channel.write(frame);
                }
            }
        } finally {
            wipeSecret(body, frame.array());
        }
    }

    /// @param body if this is one
    /// @param also what it was copied into
    private static void wipeSecret(byte[] body, byte[] also) {
        if (MessageCodec.isSecret(body)) {
            Arrays.fill(also, (byte) 0);
            Arrays.fill(body, (byte) 0);
        }
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer);
            if (count < 0) {
                return false;
            }
            position += count;
        }
        return true;
    }
}
