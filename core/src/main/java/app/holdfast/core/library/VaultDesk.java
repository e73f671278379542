package app.holdfast.core.library;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.exchange.ExchangeTerms;
import app.holdfast.core.exchange.Taking;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/// Synchronizing vaults with other members, on both sides. Any thread.
final class VaultDesk implements VaultExchanges, AutoCloseable {

    private final Surroundings around;
    private final VaultGiving giving;
    /// What takes or may take, until it is closed.
    private final Set<VaultAsking> askings = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param isMember asked inside the handshake
    /// @param dial     a link to a member for one conversation about a vault
    /// @param names    what a device is called; may wait for the library's files
    /// @param pauses   begins a pause that ends by itself; who completes or cancels it ends it sooner
    record Surroundings(DeviceId self, Predicate<DeviceId> isMember, Dial dial, Function<DeviceId, String> names,
            ExecutorService work, TimeSource time, RandomSource random, Moments moments,
            Function<Duration, CompletableFuture<Void>> pauses) {

        String name(DeviceId device) {
            return names.apply(device);
        }
    }

    /// @see Surroundings
    @FunctionalInterface
    interface Dial {
        Link to(DeviceId device) throws IOException;
    }

    VaultDesk(Surroundings around) {
        this.around = around;
        this.giving = new VaultGiving(around);
    }

    /// Lets members in, nobody else.
    Service service() {
        return new Service(around.isMember(), giving::converse);
    }

    @Override
    public CompletionStage<VaultTaking> ask(OpenVault vault, DeviceId device) {
        var reply = new CompletableFuture<VaultTaking>();
        if (device.equals(around.self()) || !around.isMember().test(device)) {
            reply.completeExceptionally(new CoreException.NotFound("other device of this library", device.hex()));
            return reply;
        }
        var id = new UUID(around.random().nextLong(), around.random().nextLong());
        var asking = new VaultAsking(new Taking(new ExchangeTerms(device, around.self(), id), vault,
                around.random()), around, askings::remove);
        askings.add(asking);
        var _ = reply.whenComplete((_, failure) -> {
            if (failure != null) {
                asking.close(); // who cancelled takes the question back so
            }
        });
        if (closed.get()) {
            reply.completeExceptionally(new CoreException.ExchangeCut(device.shortHex()));
        } else {
            asking.ask(reply);
        }
        return reply;
    }

    @Override
    public void accept(UUID exchange, OpenVault vault, Set<String> clients) throws CoreException {
        giving.accept(exchange, vault, clients);
    }

    @Override
    public void refuse(UUID exchange) {
        giving.refuse(exchange);
    }

    @Override
    public Subscription offer(OpenVault vault, DeviceId device, Set<String> clients) throws CoreException {
        if (device.equals(around.self()) || !around.isMember().test(device)) {
            throw new CoreException.NotFound("other device of this library", device.hex());
        }
        return giving.offer(vault, device, clients);
    }

    /// Nobody is answered and nothing is taken any more, and what was packed and had come is forgotten.
    @Override
    public void close() {
        closed.set(true);
        askings.forEach(VaultAsking::close);
        giving.close();
    }
}
