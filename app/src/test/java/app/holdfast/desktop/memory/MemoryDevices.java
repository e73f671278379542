package app.holdfast.desktop.memory;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/// One other device, `kitchen-imac`, whose ticket and digits are known.
public final class MemoryDevices implements Devices {

    public static final String TICKET =
            "endpointaaclw3vqk7r2mzj4xt6n5dpy8ehgu9sfbo2irc3kxqzmb7r2mzj4xt6n5dpyaclw3vqk7r2mzj4xt6n5dpy8ehgu"
                    + "9sfbo2irc3k";
    public static final String DIGITS = "482915";
    public static final DeviceId KITCHEN = new DeviceId("77".repeat(32));

    /// What was answered to those who asked.
    public final List<Boolean> answers = new CopyOnWriteArrayList<>();
    public final CompletableFuture<Void> synced = new CompletableFuture<>();

    public final MemoryExchanges exchanges = new MemoryExchanges();

    private final Executor joining;

    /// @param joining runs the question of a join, as core does on a thread of its own
    public MemoryDevices(Executor joining) {
        this.joining = joining;
    }

    @Override
    public CompletionStage<Invitation> invite(boolean acceptAtOnce, Duration valid) {
        return CompletableFuture.completedFuture(new Invitation(TICKET, Instant.now().plus(valid)));
    }

    @Override
    public CompletionStage<Joined> join(String ticket, Confirmation confirm) {
        CompletableFuture<Joined> joined = new CompletableFuture<>();
        joining.execute(() -> {
            if (!ticket.equals(TICKET)) {
                joined.completeExceptionally(new CoreException.BadTicket("too short"));
            } else if (confirm.confirm("kitchen-imac", DIGITS)) {
                joined.complete(new Joined(KITCHEN, "kitchen-imac", new LibraryId(new UUID(7, 7)), "Library", DIGITS));
            } else {
                joined.completeExceptionally(new CoreException.PairingDeclined("the digits differ"));
            }
        });
        return joined;
    }

    @Override
    public void answer(DeviceId asking, boolean accept) {
        answers.add(accept);
    }

    @Override
    public CompletionStage<Ping> ping(String ticket, int count) {
        return CompletableFuture.failedFuture(new CoreException.Unreachable(ticket));
    }

    @Override
    public CompletionStage<Void> syncNow() {
        return synced;
    }

    @Override
    public VaultExchanges vaults() {
        return exchanges;
    }

    @Override
    public Reachable reachable() {
        return new Reachable(KITCHEN, List.of(), TICKET);
    }
}
