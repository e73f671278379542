package app.holdfast.core.transport.quic;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UDP socket on which an error is what it is on every network: a datagram less.
///
/// kwik takes any error of `send` or `receive` for the end of the connection, or of the server. But a network that is
/// away for a moment, a full buffer or an ICMP message that a port is closed are no such end: QUIC sends again, and
/// gives up by itself when nothing comes for long.
///
/// One thread receives; any may send.
final class EndpointSocket extends DatagramSocket {

    /// What may arrive between two rounds of kwik's receiver.
    private static final int BUFFER_BYTES = 4 << 20;
    /// Packets that may open a connection, in each second. kwik keeps each that is new for 30 s, so what comes above
    /// this is dropped unread; a device that wants in sends again.
    private static final int INITIALS_PER_SECOND_MAX = 500;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// Between two tries to receive, when that fails at once.
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger LOG = LoggerFactory.getLogger(EndpointSocket.class);

    private long secondStarted = System.nanoTime();
    private int initialsThisSecond;

    EndpointSocket(InetSocketAddress bind) throws SocketException {
        super(bind);
        setReceiveBufferSize(BUFFER_BYTES);
        setSendBufferSize(BUFFER_BYTES);
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        try {
            super.send(packet);
        } catch (IOException e) {
            if (isClosed()) {
                throw e;
            }
            LOG.debug("datagram not sent to={} cause={}", packet.getSocketAddress(), e.getMessage());
        }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        int bytesMax = packet.getLength();
        do {
            packet.setLength(bytesMax);
            receiveOne(packet);
        } while (isOneInitialTooMany(packet));
    }

    private void receiveOne(DatagramPacket packet) throws IOException {
        while (true) {
            try {
                super.receive(packet);
                return;
            } catch (IOException e) {
                if (isClosed()) {
                    throw e;
                }
                LOG.warn("cannot receive on {} cause={}", getLocalSocketAddress(), e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean isOneInitialTooMany(DatagramPacket packet) {
        if (packet.getLength() == 0 || (packet.getData()[packet.getOffset()] & 0xf0) != 0xc0) {
            return false;
        }
        long now = System.nanoTime();
        if (now - secondStarted >= SECOND_NANOS) {
            secondStarted = now;
            initialsThisSecond = 0;
        }
        return ++initialsThisSecond > INITIALS_PER_SECOND_MAX;
    }
}
