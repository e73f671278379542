package app.holdfast.core.fake;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One end of a link within this process.
///
/// Knob: after so many frames to one end both lose the link, and the rest is lost with it.
public final class PipedLink implements Link {

    private static final byte[] ENDED = {};
    private static final byte[] LOST = {1};

    private final DeviceId peer;
    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    private final AtomicInteger left;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean lost;
    private @Nullable PipedLink other;

    private PipedLink(DeviceId peer, int frames, AtomicBoolean lost) {
        this.peer = peer;
        this.left = new AtomicInteger(frames);
        this.lost = lost;
    }

    /// Two ends.
    ///
    /// @param frames that come to the first of them before the link is lost
    public record Ends(PipedLink first, PipedLink second) {

        public static Ends of(DeviceId first, DeviceId second, int frames) {
            var lost = new AtomicBoolean();
            var ends = new Ends(new PipedLink(second, frames, lost), new PipedLink(first, Integer.MAX_VALUE, lost));
            ends.first.other = ends.second;
            ends.second.other = ends.first;
            return ends;
        }
    }

    @Override
    public DeviceId peer() {
        return peer;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress("127.0.0.1", 1);
    }

    @Override
    public void send(byte[] frame) throws IOException {
        PipedLink to = other();
        if (lost.get() || closed.get() || to.closed.get()) {
            throw new IOException("closed");
        }
        if (to.left.getAndDecrement() <= 0) {
            lost.set(true);
            arrived.add(LOST);
            to.arrived.add(LOST);
            throw new IOException("lost");
        }
        byte[] framed = new byte[frame.length + 2];
        System.arraycopy(frame, 0, framed, 2, frame.length);
        to.arrived.add(framed);
    }

    @Override
    public byte @Nullable [] receive() throws IOException {
        try {
            byte[] next = arrived.take();
            if (next.length < 2) {
                arrived.add(next);
                if (next == LOST) {
                    throw new IOException("lost");
                }
                return null;
            }
            return Arrays.copyOfRange(next, 2, next.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && !lost.get()) {
            arrived.add(ENDED);
            other().arrived.add(ENDED);
        }
    }

    private PipedLink other() {
        if (other == null) {
            throw new IllegalStateException("half a link");
        }
        return other;
    }
}
