package app.holdfast.core.peer;

import app.holdfast.core.change.Dot;
import app.holdfast.core.clock.Author;
import app.holdfast.core.sync.Progress;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A conversation whose words a test writes: numbered messages, no library behind them.
final class Script {

    private static final Dot DOT = new Dot(new Author(new UUID(0, 0)), 1);

    private final Queue<SyncMessage> offers = new ArrayDeque<>();
    private final BlockingQueue<SyncMessage> heard = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger newsAsked = new AtomicInteger();
    private Function<SyncMessage, Turn> answer = _ -> new Turn(List.of(), Optional.empty());

    static SyncMessage number(long number) {
        return new SyncMessage.PageAck(DOT, number);
    }

    static long number(SyncMessage message) {
        return ((SyncMessage.PageAck) message).number();
    }

    Steps steps() {
        return new Steps(this::open, this::receive, this::news, () -> {
            ended.incrementAndGet();
            return CompletableFuture.completedFuture(true);
        });
    }

    synchronized void offer(SyncMessage message) {
        offers.add(message);
    }

    synchronized void failOnce(Throwable failure) {
        failures.add(failure);
    }

    synchronized void answer(Function<SyncMessage, Turn> function) {
        answer = function;
    }

    SyncMessage nextHeard() throws InterruptedException {
        SyncMessage message = heard.poll(60, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing was heard");
        }
        return message;
    }

    Optional<SyncMessage> heardWithin(long millis) throws InterruptedException {
        return Optional.ofNullable(heard.poll(millis, TimeUnit.MILLISECONDS));
    }

    int opened() {
        return opened.get();
    }

    int ended() {
        return ended.get();
    }

    int newsAsked() {
        return newsAsked.get();
    }

    private CompletableFuture<Steps.Step> open() {
        opened.incrementAndGet();
        return said(new Turn(List.of(number(0)), Optional.empty()));
    }

    private synchronized CompletableFuture<Steps.Step> receive(SyncMessage message) {
        if (!failures.isEmpty()) {
            return CompletableFuture.failedFuture(failures.removeFirst());
        }
        heard.add(message);
        return said(answer.apply(message));
    }

    private synchronized CompletableFuture<Steps.Step> news() {
        newsAsked.incrementAndGet();
        var say = new ArrayList<>(offers);
        offers.clear();
        return said(new Turn(say, Optional.empty()));
    }

    private static CompletableFuture<Steps.Step> said(Turn turn) {
        return CompletableFuture.completedFuture(
                new Steps.Step(turn, new Progress(Progress.State.UP_TO_DATE, 0, 0)));
    }
}
