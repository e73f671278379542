package app.holdfast.desktop.fake;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.model.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;

/// One other device, `studio-pc`, that takes part in whatever is asked.
///
/// Knobs: [#failure] makes the next call fail; [#answers] holds what was decided about those who asked.
public final class FakeDevices implements Devices {

    public static final String TICKET = "endpointaaaa";
    public static final String DIGITS = "314159";

    public final List<String> calls = new CopyOnWriteArrayList<>();
    public final List<Boolean> answers = new CopyOnWriteArrayList<>();
    public Optional<CoreException> failure = Optional.empty();

    private final FakeLibrary library;
    private final Executor executor;

    /// @param executor runs a joining, as the core does on a thread of its own
    public FakeDevices(FakeLibrary library, Executor executor) {
        this.library = library;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Invitation> invite(boolean acceptAtOnce, Duration valid) {
        calls.add("invite " + acceptAtOnce + " " + valid);
        return answer(new Invitation(TICKET, FakeLibrary.NOON.plus(valid)));
    }

    @Override
    public CompletionStage<Joined> join(String ticket, Confirmation confirm) {
        calls.add("join " + ticket);
        var joined = new CompletableFuture<Joined>();
        executor.execute(() -> {
            if (failure.isPresent()) {
                joined.completeExceptionally(failure.get());
            } else if (confirm.confirm("studio-pc", DIGITS)) {
                joined.complete(new Joined(library.other, "studio-pc", library.id, "Ada's library", DIGITS));
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
        calls.add("ping " + ticket + " " + count);
        return answer(new Ping(library.other, LongStream.rangeClosed(1, count).map(n -> n * 100)
                .boxed().toList(), "holdfast/ping/1"));
    }

    @Override
    public CompletionStage<Void> syncNow() {
        calls.add("sync");
        return failure.<CompletionStage<Void>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public VaultExchanges vaults() {
        throw new UnsupportedOperationException("vaults are not faked here");
    }

    @Override
    public Reachable reachable() {
        return new Reachable(library.self, List.of("127.0.0.1:4242"), TICKET);
    }

    private <T> CompletionStage<T> answer(T value) {
        return failure.<CompletionStage<T>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(value));
    }
}
