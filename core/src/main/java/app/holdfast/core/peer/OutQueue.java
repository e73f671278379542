package app.holdfast.core.peer;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Frames that wait to be sent over one link. One thread puts, another takes.
///
/// It never makes the putting side wait: two devices that both waited for room to answer would wait for ever. What may
/// lie in it is bounded by what the conversation lets a peer ask for before it has taken the answers; a peer that goes
/// beyond [#BYTES_MAX] asks without reading, and loses the link.
final class OutQueue {

    /// Bytes that may wait. When more would, [#put] answers false.
    static final long BYTES_MAX = 64 << 20;
    /// While more frames than this wait, nothing is offered that was not asked for.
    static final int QUIET_FRAMES_MAX = 8;

    private static final byte[] END = new byte[0];

    private final LinkedBlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /// @return false when the peer asks without reading
    boolean put(byte[] frame) {
        if (bytes.addAndGet(frame.length) > BYTES_MAX) {
            return false;
        }
        frames.add(frame);
        return true;
    }

    /// Nothing more will be put.
    void end() {
        frames.add(END);
    }

    /// Waits for a frame.
    ///
    /// @return an empty array at the end
    byte[] take() throws InterruptedException {
        byte[] frame = frames.take();
        bytes.addAndGet(-frame.length);
        return frame;
    }

    boolean isQuiet() {
        return frames.size() <= QUIET_FRAMES_MAX;
    }
}
