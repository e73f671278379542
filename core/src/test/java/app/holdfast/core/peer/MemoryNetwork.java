package app.holdfast.core.peer;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A network in memory: devices answer at an address, links keep order, and a device can be killed so that nobody
/// hears of it.
final class MemoryNetwork {

    private static final byte[] ENDED = new byte[0];
    private static final byte[] LOST = new byte[0];

    private final Map<InetSocketAddress, Listener> listeners = new ConcurrentHashMap<>();
    private final List<MemoryLink> links = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextPort = new AtomicInteger(1_000);
    private final AtomicInteger dials = new AtomicInteger();
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

    private final AtomicReference<CountDownLatch> accepting = new AtomicReference<>(new CountDownLatch(0));

    private record Listener(DeviceId device, Service service) {}

    /// An address at which nobody answers yet.
    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), nextPort.incrementAndGet());
    }

    void listen(InetSocketAddress at, DeviceId device, Service service) {
        listeners.put(at, new Listener(device, service));
    }

    /// Links that are dialled from now on wait until the latch is open.
    void holdDialsUntil(CountDownLatch latch) {
        gate.set(latch);
    }

    /// Who accepts a link from now on answers the greeting, but takes the link in use only when the latch is open.
    void holdAcceptedUntil(CountDownLatch latch) {
        accepting.set(latch);
    }

    int dials() {
        return dials.get();
    }

    Link dial(DeviceId from, DeviceId expected, List<InetSocketAddress> candidates) throws IOException {
        dials.incrementAndGet();
        await(gate.get());
        for (InetSocketAddress candidate : candidates) {
            Listener listener = listeners.get(candidate);
            if (listener != null && listener.device.equals(expected)) {
                if (!listener.service.admits().test(from)) {
                    throw new IOException("not admitted");
                }
                return connect(from, candidate, listener);
            }
        }
        throw new IOException("nobody answers");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private Link connect(DeviceId from, InetSocketAddress to, Listener listener) {
        var near = new MemoryLink(from, listener.device, to);
        var far = new MemoryLink(listener.device, from, address());
        near.other = far;
        far.other = near;
        far.afterFirst = accepting.get();
        links.add(near);
        links.add(far);
        Thread.ofVirtual().start(() -> {
            listener.service.handler().accept(far);
            far.close();
        });
        return near;
    }

    /// The device is gone without a word: its links stay open at the others, and nobody answers at its address.
    void kill(DeviceId device) {
        listeners.values().removeIf(listener -> listener.device.equals(device));
        links.stream().filter(link -> link.self.equals(device)).forEach(link -> {
            link.silent = true;
            link.other.silent = true;
        });
    }

    /// The device loses its links; the others do not notice.
    void cutAt(DeviceId device) {
        links.stream().filter(link -> link.self.equals(device)).forEach(link -> {
            link.silent = true;
            link.other.silent = true;
            link.arrived.add(LOST);
        });
    }

    /// Greetings pass, then nothing that the device sends is taken until the latch is open.
    void holdSends(DeviceId device, CountDownLatch latch) {
        links.stream().filter(link -> link.self.equals(device)).forEach(link -> link.sends = latch);
    }

    /// Links made so far.
    int links() {
        return links.size() / 2;
    }

    /// Links that neither side has closed, two ends each.
    long openEnds() {
        return links.stream().filter(link -> !link.closed && !link.silent).count();
    }

    final class MemoryLink implements Link {

        private final DeviceId self;
        private final DeviceId peer;
        private final InetSocketAddress remote;
        private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
        private MemoryLink other = this;
        private volatile boolean closed;
        private volatile boolean silent;
        private volatile CountDownLatch sends = new CountDownLatch(0);
        private CountDownLatch afterFirst = new CountDownLatch(0);
        private final AtomicInteger sent = new AtomicInteger();

        private MemoryLink(DeviceId self, DeviceId peer, InetSocketAddress remote) {
            this.self = self;
            this.peer = peer;
            this.remote = remote;
        }

        @Override
        public DeviceId peer() {
            return peer;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public void send(byte[] frame) throws IOException {
            if (closed || other.closed && !silent) {
                throw new IOException("closed");
            }
            boolean first = sent.getAndIncrement() == 0;
            if (!first) {
                await(sends);
            }
            if (!silent) {
                other.arrived.add(frame);
            }
            if (first) {
                await(afterFirst);
            }
        }

        @Override
        public byte[] receive() throws IOException {
            try {
                byte[] frame = closed ? ENDED : arrived.take();
                if (frame == LOST) {
                    throw new IOException("lost");
                }
                return frame == ENDED ? null : frame;
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                arrived.add(ENDED);
                if (!silent) {
                    other.arrived.add(ENDED);
                }
            }
        }
    }
}
