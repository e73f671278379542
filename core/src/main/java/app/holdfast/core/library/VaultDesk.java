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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;

/// Synchronizing vaults with other members, on both sides. Any thread.
final class VaultDesk implements VaultExchanges, AutoCloseable {

    private final Surroundings around;
    private final VaultGiving giving;

    /// @param isMember asked inside the handshake
    /// @param dial     a link to a member for one conversation about a vault
    /// @param names    what a device is called; may wait for the library's files
    /// @param pause    before a broken delivery is gone on with; doubled each time that nothing came
    record Surroundings(DeviceId self, Predicate<DeviceId> isMember, Dial dial, Function<DeviceId, String> names,
            ExecutorService work, TimeSource time, RandomSource random, Moments moments, Duration pause) {

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
                around.random()), around);
        var _ = reply.whenComplete((_, _) -> {
            if (reply.isCancelled()) {
                asking.close(); // which takes the question back
            }
        });
        around.work().execute(() -> {
            try {
                asking.ask();
                if (!reply.complete(asking)) {
                    asking.close(); // nobody waits for it any more
                }
            } catch (CoreException e) {
                asking.close();
                reply.completeExceptionally(e);
            } catch (CompletionException | CancellationException e) {
                asking.close();
                reply.completeExceptionally(new CoreException.ExchangeCut(device.shortHex()));
            }
        });
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

    /// Nobody is answered any more, and what was packed is forgotten.
    @Override
    public void close() {
        giving.close();
    }
}
