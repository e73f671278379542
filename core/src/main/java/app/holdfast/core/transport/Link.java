package app.holdfast.core.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import app.holdfast.core.model.DeviceId;

/// An authenticated conversation with one device: frames in order in both directions, until one of the two ends it.
///
/// Any thread may call any method. Frames sent by several threads do not mix; one thread should receive.
public interface Link extends AutoCloseable {

    /// Largest payload of one frame; a sender never exceeds it, a peer that announces more is cut off before anything
    /// is allocated.
    int FRAME_BYTES_MAX = 1 << 20;

    /// The device at the other end, proven by its key.
    DeviceId peer();

    /// Where the peer's datagrams come from.
    InetSocketAddress remote();

    /// How long a datagram takes there and back, as the network has measured it; empty when it has not.
    default Optional<Duration> roundTrip() {
        return Optional.empty();
    }

    /// Sends one frame; waits while the peer does not keep up.
    ///
    /// @param frame 0 to `FRAME_BYTES_MAX` bytes, not kept
    /// @throws IOException when the link is closed or lost
    /// @throws IllegalArgumentException when the frame is too long
    void send(byte[] frame) throws IOException;

    /// Waits for the next frame.
    ///
    /// @return null when the peer has ended the conversation in order and everything it sent was received, or when
    ///     this side
    ///     closed the link
    /// @throws FrameException when the peer's bytes are not frames; the link is closed then
    /// @throws IOException when the link was lost: the peer was killed, refused us, or the network went away
    byte @Nullable [] receive() throws IOException;

    /// Ends the conversation: what was sent is still delivered if the peer reads it, a thread in `receive` gets null.
    /// Does not wait; closing twice does nothing.
    @Override
    void close();
}
