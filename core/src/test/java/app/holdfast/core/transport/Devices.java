package app.holdfast.core.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.identity.IdentityException;

/// Endpoints on loopback for tests, each with a key of its own; all are closed at the end.
final class Devices implements AutoCloseable {

    /// No test waits longer for an event that must come.
    static final long DEADLINE_SECONDS = 60;
    static final Duration DEADLINE = Duration.ofSeconds(DEADLINE_SECONDS);

    private final Path folder;
    private final List<Endpoint> endpoints = new ArrayList<>();

    Devices(Path folder) {
        this.folder = folder;
    }

    Identity identity() {
        try {
            return Identity.create(Files.createTempDirectory(folder, "device").resolve("key"), new SecureRandom());
        } catch (IOException | IdentityException e) {
            throw new IllegalStateException(e);
        }
    }

    Endpoint open(Identity identity, Map<Alpn, Service> services) throws IOException {
        var bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Endpoint endpoint = Endpoint.open(identity, bind, services, DEADLINE);
        endpoints.add(endpoint);
        return endpoint;
    }

    /// One that offers nothing but ping.
    Endpoint silent() throws IOException {
        return open(identity(), Map.of());
    }

    /// One that hands over each link of `Alpn.SYNC` and keeps it open until the test closes it.
    Host host(Predicate<DeviceId> admits) throws IOException {
        return new Host(this, admits);
    }

    @Override
    public void close() {
        endpoints.forEach(Endpoint::close);
    }

    /// A device that takes links.
    static final class Host {

        private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
        private final Endpoint endpoint;

        Host(Devices devices, Predicate<DeviceId> admits) throws IOException {
            endpoint = devices.open(devices.identity(), Map.of(Alpn.SYNC, new Service(admits, this::keep)));
        }

        private void keep(Link link) {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            links.add(new Kept(link, closed));
            closed.join();
        }

        Endpoint endpoint() {
            return endpoint;
        }

        DeviceId id() {
            return endpoint.id();
        }

        List<InetSocketAddress> addresses() {
            return endpoint.addresses();
        }

        Link nextLink() throws InterruptedException {
            Link link = links.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (link == null) {
                throw new AssertionError("no link came");
            }
            return link;
        }

        boolean hasNoLink() {
            return links.isEmpty();
        }
    }

    /// A link whose handler returns when it is closed.
    private record Kept(Link link, CompletableFuture<Void> closed) implements Link {

        @Override
        public DeviceId peer() {
            return link.peer();
        }

        @Override
        public InetSocketAddress remote() {
            return link.remote();
        }

        @Override
        public void send(byte[] frame) throws IOException {
            link.send(frame);
        }

        @Override
        public byte[] receive() throws IOException {
            return link.receive();
        }

        @Override
        public void close() {
            link.close();
            closed.complete(null);
        }
    }
}
