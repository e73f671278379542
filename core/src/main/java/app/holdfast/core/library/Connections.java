package app.holdfast.core.library;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Topic;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.Neighbourhood;
import app.holdfast.core.peer.Peers;
import app.holdfast.core.peer.Steps;
import app.holdfast.core.store.CatalogueReader.StoredDevice;
import app.holdfast.core.store.Commit;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.sync.SyncSession;
import app.holdfast.core.transport.Alpn;
import app.holdfast.core.transport.DialException;
import app.holdfast.core.transport.Endpoint;
import app.holdfast.core.transport.Service;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.pairing.EndpointTicket;
import app.holdfast.core.transport.pairing.TicketException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/// One library on the network: its endpoint, its peers, pairing. Any thread.
public final class Connections implements Devices, AutoCloseable {

    private static final String PORT_SETTING = "port";
    private static final Duration INVITATION_MAX = Duration.ofDays(30);
    private static final int PINGS_MAX = 1_000;

    private final OpenLibrary library;
    private final Surroundings around;
    private final Endpoint endpoint;
    private final Peers peers;
    private final Inviting inviting;
    private final VaultDesk vaults;

    private record Services(Peers peers, Inviting inviting, VaultDesk vaults) {}

    private Connections(OpenLibrary library, Surroundings around, Endpoint endpoint, Services services) {
        this.library = library;
        this.around = around;
        this.endpoint = endpoint;
        this.peers = services.peers();
        this.inviting = services.inviting();
        this.vaults = services.vaults();
    }

    /// Listens, and dials the members.
    ///
    /// @param bind port 0 takes the one used last when it is free
    public static Connections open(OpenLibrary library, Identity identity, InetSocketAddress bind, Surroundings around)
            throws CoreException {
        AtomicReference<Endpoint> bound = new AtomicReference<>();
        AtomicReference<Connections> opened = new AtomicReference<>();
        SyncWatch watch = new SyncWatch(library);
        Neighbourhood neighbourhood = new Neighbourhood(
                (device, candidates) -> Objects.requireNonNull(bound.get()).dial(device, candidates, Alpn.SYNC),
                () -> Objects.requireNonNull(bound.get()).addresses(),
                device -> Steps.of(library.store().writer(), new SyncSession(library.desk(), device)),
                (device, addresses) -> Objects.requireNonNull(opened.get()).learned(device, addresses),
                watch::changed, watch::happened);
        Peers peers = new Peers(library.self(), neighbourhood, around.time(), around.random());
        Inviting inviting = new Inviting(library, around.time(), around.random(),
                () -> Objects.requireNonNull(bound.get()).addresses());
        VaultDesk vaults = new VaultDesk(new VaultDesk.Surroundings(library.self(),
                device -> library.members().contains(device),
                device -> Objects.requireNonNull(bound.get()).dial(device, addresses(library, device), Alpn.VAULT),
                device -> library.store().readers().ask(reader -> reader.deviceNames()).join()
                        .getOrDefault(device, device.shortHex()),
                library.work(), around.time(), around.random(), library.moments(),
                time -> new CompletableFuture<Void>().completeOnTimeout(null, time.toMillis(), MILLISECONDS)));
        Endpoint endpoint = bind(library, identity, bind, Map.of(Alpn.SYNC, peers.service(),
                Alpn.PAIR, inviting.service(), Alpn.VAULT, vaults.service()));
        bound.set(endpoint);
        Connections connections = new Connections(library, around, endpoint, new Services(peers, inviting, vaults));
        opened.set(connections);
        connections.start();
        return connections;
    }

    /// Where a device was reached, or says that it listens. Waits for the library's files.
    private static List<InetSocketAddress> addresses(OpenLibrary library, DeviceId device) {
        return library.store().readers().ask(reader -> reader.devices()).join().stream()
                .filter(stored -> stored.id().equals(device)).flatMap(stored -> stored.addresses().stream())
                .map(Addresses::parse).flatMap(Optional::stream).toList();
    }

    private static Endpoint bind(OpenLibrary library, Identity identity, InetSocketAddress wanted,
            Map<Alpn, Service> services) throws CoreException {
        if (wanted.getPort() == 0) {
            int last = library.store().readers().ask(reader -> reader.setting(PORT_SETTING)).join()
                    .map(Integer::parseInt).orElse(0);
            if (last != 0) {
                try {
                    return Endpoint.open(identity, new InetSocketAddress(wanted.getAddress(), last), services);
                } catch (IOException e) {
                    return open(identity, wanted, services);
                }
            }
        }
        return open(identity, wanted, services);
    }

    private static Endpoint open(Identity identity, InetSocketAddress wanted,
            Map<Alpn, Service> services) throws CoreException {
        try {
            return Endpoint.open(identity, wanted, services);
        } catch (IOException e) {
            throw new CoreException.CannotListen(Addresses.text(wanted), String.valueOf(e.getMessage()));
        }
    }

    private void start() {
        library.networkIs(new Network(peers::statuses, peers::traffic, peers::throughput,
                peers::relink));
        library.announceTo(this::committed);
        int port = endpoint.addresses().stream().mapToInt(InetSocketAddress::getPort).findFirst().orElse(0);
        Unawaited.run("noting the port", library.store().writer().submit(tx -> {
            tx.own().set(PORT_SETTING, Integer.toString(port));
            return true;
        }));
        Unawaited.run("starting peers", tellMembers());
        library.watch();
        library.rescanAll();
    }

    /// On the writer's thread.
    private void committed(Commit commit) {
        peers.wake();
        if (commit.topics().contains(Topic.DEVICES)) {
            Unawaited.run("telling peers who they are", tellMembers());
        }
    }

    private CompletableFuture<Void> tellMembers() {
        record Told(List<StoredDevice> devices, SyncControl.Rules rules) {}

        return library.inTurn(() -> library.store().readers().ask(reader -> {
            List<StoredDevice> devices = reader.devices();
            return new Told(devices, SyncControl.Rules.read(reader, devices));
        }).thenAccept(told -> {
            Map<DeviceId, List<InetSocketAddress>> members = new HashMap<>();
            for (StoredDevice device : told.devices()) {
                members.put(device.id(), device.addresses().stream().map(Addresses::parse)
                        .flatMap(Optional::stream).toList());
            }
            peers.rules(told.rules().each(), told.rules().all());
            peers.members(members);
        }));
    }

    private void learned(DeviceId device, List<InetSocketAddress> addresses) {
        List<String> texts = addresses.stream().map(Addresses::text).toList();
        long now = around.time().nowMillis();
        Unawaited.run("noting where a device is", library.store().writer().submit(tx -> {
            tx.own().notePeer(device, texts, now, 0);
            return true;
        }));
    }

    @Override
    public CompletionStage<Invitation> invite(boolean acceptAtOnce, Duration valid) {
        if (valid.isNegative() || valid.isZero() || valid.compareTo(INVITATION_MAX) > 0) {
            return CompletableFuture.failedFuture(
                    new CoreException.Refused("an invitation is valid for up to " + INVITATION_MAX.toDays() + " days"));
        }
        var made = inviting.invite(acceptAtOnce, valid);
        return CompletableFuture.completedFuture(
                new Invitation(made.text(), Instant.ofEpochSecond(made.expiresSeconds())));
    }

    @Override
    public CompletionStage<Joined> join(String ticket, Confirmation confirm) {
        CompletableFuture<Joined> reply = new CompletableFuture<>();
        library.work().execute(() -> {
            try {
                Joined joined = new JoiningTalk(library, endpoint, around).join(ticket, confirm);
                library.moments().tell(new CoreEvent.DeviceJoined(joined.device(), joined.deviceName()));
                reply.complete(joined);
            } catch (CoreException e) {
                reply.completeExceptionally(e);
            } catch (CompletionException | CancellationException e) {
                reply.completeExceptionally(new CoreException.PairingDeclined("this device is being closed"));
            }
        });
        return reply;
    }

    @Override
    public void answer(DeviceId asking, boolean accept) {
        inviting.answer(asking, accept);
    }

    @Override
    public CompletionStage<Ping> ping(String ticket, int count) {
        if (count < 1 || count > PINGS_MAX) {
            return CompletableFuture.failedFuture(new CoreException.Refused("1 to " + PINGS_MAX + " echoes"));
        }
        EndpointTicket target;
        try {
            target = EndpointTicket.parse(ticket.strip());
        } catch (TicketException e) {
            return CompletableFuture.failedFuture(new CoreException.BadTicket(String.valueOf(e.getMessage())));
        }
        CompletableFuture<Ping> reply = new CompletableFuture<>();
        library.work().execute(() -> {
            try {
                List<Long> micros = endpoint.ping(target.device(), target.addresses(), count);
                reply.complete(new Ping(target.device(), micros, Alpn.PING.name()));
            } catch (IOException e) {
                reply.completeExceptionally(failure(target.device(), e));
            }
        });
        return reply;
    }

    /// What a failed dial means to a person.
    static CoreException failure(DeviceId device, IOException cause) {
        DialException.Reason reason = cause instanceof DialException e ? e.reason() : DialException.Reason.UNREACHABLE;
        String name = "device " + device.shortHex();
        return switch (reason) {
            case UNREACHABLE -> new CoreException.Unreachable(name);
            case OTHER_DEVICE -> new CoreException.NotAuthentic("whoever answered does not hold the key of " + name);
            case REFUSED -> new CoreException.NotAuthentic(name + " does not let this one in");
            case OTHER_PROTOCOL -> new CoreException.NotAuthentic(name + " does not speak this protocol");
        };
    }

    @Override
    public CompletionStage<Void> syncNow() {
        return peers.syncNow();
    }

    @Override
    public VaultExchanges vaults() {
        return vaults;
    }

    @Override
    public Reachable reachable() {
        List<InetSocketAddress> addresses = endpoint.addresses();
        return new Reachable(endpoint.id(), addresses.stream().map(Addresses::text).toList(),
                new EndpointTicket(endpoint.id(), addresses).text());
    }

    /// Ends all links, then the endpoint.
    @Override
    public void close() {
        library.announceTo(_ -> { });
        inviting.close();
        vaults.close();
        peers.close();
        endpoint.close();
        library.networkIs(Network.NONE);
    }
}
