package app.holdfast.core.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.quic.QuicConversation;
import app.holdfast.core.transport.quic.QuicEndpoint;

/// This device on the network: answers for its services and dials other devices.
///
/// Closing it ends all links; afterwards none of its threads is left. Any thread may call any method.
public final class Endpoint implements AutoCloseable {

    /// A peer that does not answer in this time is not there.
    private static final Duration ANSWERING = Duration.ofSeconds(5);
    /// How long a peer may take from the end of the handshake to the first bytes of a link.
    private static final Duration OPENING = Duration.ofSeconds(5);
    /// How long closing waits for the last frames to be taken by the peers, and for the services to return.
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    private final DeviceId id;
    private final Duration answering;
    private final Map<Alpn, Service> services;
    private final Set<StreamLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private int serving;
    private @Nullable QuicEndpoint quic;

    /// Binds and starts answering. `Alpn.PING` is answered for anyone without being named.
    ///
    /// @param bind port 0 for any free one; the wildcard address answers for IPv4 and IPv6
    /// @throws IOException when the address cannot be bound
    public static Endpoint open(Identity identity, InetSocketAddress bind, Map<Alpn, Service> services)
            throws IOException {
        return open(identity, bind, services, ANSWERING);
    }

    /// The same for a machine that is too busy to answer as quickly.
    static Endpoint open(Identity identity, InetSocketAddress bind, Map<Alpn, Service> services, Duration answering)
            throws IOException {
        Endpoint endpoint = new Endpoint(identity.id(), services, answering);
        endpoint.start(identity, bind);
        return endpoint;
    }

    private Endpoint(DeviceId id, Map<Alpn, Service> services, Duration answering) {
        this.id = id;
        this.answering = answering;
        this.services = Map.copyOf(services);
    }

    private void start(Identity identity, InetSocketAddress bind) throws IOException {
        List<String> protocols = new ArrayList<>();
        protocols.add(Alpn.PING.name());
        services.keySet().forEach(alpn -> protocols.add(alpn.name()));
        quic = QuicEndpoint.open(identity.credentials(), bind, protocols, this::admits, this::serve);
    }

    public DeviceId id() {
        return id;
    }

    /// Where others may reach this endpoint: the address it is bound to, or all of the machine's own when that is the
    /// wildcard.
    public List<InetSocketAddress> addresses() {
        if (closed.get()) {
            return List.of();
        }
        InetSocketAddress bound = quic().bound();
        try {
            return bound.getAddress().isAnyLocalAddress() ? OwnAddresses.withPort(bound.getPort()) : List.of(bound);
        } catch (SocketException e) {
            LOG.warn("own addresses are unknown cause={}", e.getMessage());
            return List.of();
        }
    }

    /// Tries all addresses at once; the first that proves to be the expected device wins.
    ///
    /// @throws DialException when none does; its reason tells what to do about it
    public Link dial(DeviceId expected, List<InetSocketAddress> candidates, Alpn alpn) throws IOException {
        QuicConversation conversation = new Dialer(quic(), answering).dial(expected, candidates, alpn);
        try {
            return register(StreamLink.open(conversation, OPENING, this::gone));
        } catch (IOException e) {
            throw Dialer.failure(e);
        }
    }

    /// Measures the way to a device and back, one echo after the other over a connection each.
    ///
    /// @return round trip times in microseconds, `count` of them
    /// @throws DialException when the device cannot be reached, or does not answer as it should
    public List<Long> ping(DeviceId expected, List<InetSocketAddress> candidates, int count) throws IOException {
        List<Long> micros = new ArrayList<>();
        while (micros.size() < count) {
            QuicConversation conversation = new Dialer(quic(), answering).dial(expected, candidates, Alpn.PING);
            try {
                micros.add(Echo.ask(conversation));
            } catch (DialException e) {
                throw e;
            } catch (IOException e) {
                throw Dialer.failure(e);
            } finally {
                conversation.close(CloseCode.DONE, "done");
            }
        }
        return micros;
    }

    /// Ends all links as `Link.close` does, then all connections. Waits until it is so, at most a few seconds; must
    /// not be called by a service.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            links.forEach(StreamLink::close);
            awaitQuiet();
            links.forEach(StreamLink::abort);
            quic().close();
        }
    }

    private boolean admits(DeviceId peer, String protocol) {
        if (closed.get()) {
            return false;
        }
        Service service = services.get(new Alpn(protocol));
        return service == null ? protocol.equals(Alpn.PING.name()) : service.admits().test(peer);
    }

    /// Runs on the virtual thread of one accepted connection.
    private void serve(QuicConversation conversation) {
        Service service = services.get(new Alpn(conversation.protocol()));
        if (service == null) {
            Echo.answer(conversation);
            return;
        }
        count(1);
        try {
            conversation.awaitOpened(OPENING);
            try (StreamLink link = register(StreamLink.open(conversation, OPENING, this::gone))) {
                service.handler().accept(link);
            }
        } catch (IOException e) {
            conversation.close(CloseCode.BAD_FRAME, "no link");
            LOG.debug("no link with peer={} cause={}", conversation.peer(), e.getMessage());
        } finally {
            count(-1);
        }
    }

    /// A link that was made while the endpoint was closed is closed with it.
    private StreamLink register(StreamLink link) {
        links.add(link);
        if (closed.get()) {
            link.abort();
        }
        return link;
    }

    private void gone(StreamLink link) {
        links.remove(link);
        count(0);
    }

    private void count(int change) {
        lock.lock();
        try {
            serving += change;
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitQuiet() {
        long leftNanos = CLOSING.toNanos();
        lock.lock();
        try {
            while ((serving > 0 || !links.isEmpty()) && leftNanos > 0) {
                leftNanos = returned.awaitNanos(leftNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private QuicEndpoint quic() {
        if (quic == null) {
            throw new IllegalStateException("not open yet");
        }
        return quic;
    }
}
