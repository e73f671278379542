package app.holdfast.core.peer;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.sync.Progress;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import app.holdfast.core.sync.wire.WireException;
import app.holdfast.core.transport.FrameException;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Pumps one conversation over one link with three virtual threads:
///
///     link --in: receive, decode--> inbox --talk: a step, wait for its commit, encode--> out queue --out: send--> link
///
/// Steps are taken by the talk thread alone, one at a time, so answers leave in the order of the commits. The inbox is
/// short: when the library is busy the link fills up, and the peer's sending waits. What the library has to offer
/// unasked is asked for only while the out queue is quiet.
///
/// [#wake] and [#close] may be called from any thread and never wait.
final class Pump {

    /// Messages decoded ahead of the step under way. When it is full, the link is not read.
    private static final int INBOX_MAX = 4;
    private static final long BUSY_PAUSE_MILLIS = 50;
    /// What waits for time to pass (a clock that was ahead, an offer that was not taken) is looked at so often.
    private static final long IDLE_LOOK_MILLIS = 10_000;

    /// How long a farewell may take.
    private static final Duration FAREWELL_MAX = Duration.ofSeconds(1);

    /// What the talk thread is to do next; without a message: look for news.
    private record Inbound(@Nullable SyncMessage message) {
        private static final Inbound NUDGE = new Inbound(null);
    }

    private final Link link;
    private final Steps steps;
    private final Gate gate;
    private final Consumer<Progress> progressed;
    private final Consumer<Ending> ended;
    private final BlockingQueue<Inbound> inbox = new ArrayBlockingQueue<>(INBOX_MAX);
    private final OutQueue outQueue = new OutQueue();
    private final AtomicBoolean newsWanted = new AtomicBoolean();
    private final AtomicReference<@Nullable Progress> newest = new AtomicReference<>();
    private final AtomicReference<Ending> ending = new AtomicReference<>();
    private final AtomicBoolean heard = new AtomicBoolean();
    /// Who waits for the next look for news. As many as people wish to sync now.
    private final Queue<CompletableFuture<Progress>> checks = new ConcurrentLinkedQueue<>();
    /// Why this side ends the conversation; the peer may close the link as soon as it reads it.
    private final AtomicReference<@Nullable Ending> farewell = new AtomicReference<>();
    private final Thread in;
    private final Thread talk;
    private final Thread out;

    /// What every frame of a device goes through.
    record Gate(Meter meter, Throttle out, Throttle in) {

        void limit(PeerRule by) {
            out.setRate(by.bytesPerSecond());
            in.setRate(by.bytesPerSecond());
        }
    }

    /// @param progressed told after each step, on the talk thread
    /// @param ended      told once, on the talk thread, as the last thing
    Pump(Link link, Steps steps, Gate gate, Consumer<Progress> progressed, Consumer<Ending> ended) {
        this.link = link;
        this.steps = steps;
        this.gate = gate;
        this.progressed = progressed;
        this.ended = ended;
        this.in = thread("in", this::in);
        this.talk = thread("talk", this::talk);
        this.out = thread("out", this::out);
    }

    void start() {
        out.start(); // first: the talk may end at once, and then waits for it
        in.start();
        talk.start();
    }

    Optional<Duration> roundTrip() {
        return link.roundTrip();
    }

    /// Whether the peer said something that could be taken.
    boolean hasHeard() {
        return heard.get();
    }

    /// Something was committed that the peer may want to hear.
    void wake() {
        gate.meter.committed(System.nanoTime());
        if (!newsWanted.getAndSet(true)) {
            nudge();
        }
    }

    /// @return how far the conversation is, all that was committed before this call included; cancelled when the link
    ///         ends before
    CompletableFuture<Progress> check() {
        var check = new CompletableFuture<Progress>();
        checks.add(check);
        newsWanted.set(true);
        nudge();
        if (ending.get() != null) {
            check.cancel(false);
        }
        return check;
    }

    void close(String why) {
        end(Ending.gone(why));
    }

    /// Ends the conversation with a word to the peer. May take a second.
    void part(String why) throws InterruptedException {
        farewell.compareAndSet(null, Ending.gone(why));
        outQueue.put(SyncCodec.encode(new SyncMessage.Goodbye(why)));
        outQueue.end();
        out.join(FAREWELL_MAX);
        end(Ending.gone(why));
    }

    /// Waits until the last step has been taken.
    void join(Duration longest) throws InterruptedException {
        talk.join(longest);
    }

    private Thread thread(String role, Runnable work) {
        return Thread.ofVirtual().name("peer-" + role + "-" + link.peer()).unstarted(() -> {
            try {
                work.run();
            } finally {
                // said already, unless a bug ended the thread
                end(Ending.failed("the " + role + " thread ended"));
            }
        });
    }

    private void in() {
        try {
            for (byte[] frame = link.receive(); frame != null; frame = link.receive()) {
                SyncMessage message = SyncCodec.decode(frame);
                gate.meter.received(message, frame.length, System.nanoTime());
                if (message instanceof SyncMessage.Goodbye goodbye) {
                    end(Ending.said(goodbye.reason()));
                    return;
                }
                gate.in.pass(frame.length);
                inbox.put(new Inbound(message));
            }
            end(Ending.gone("the peer ended the link"));
        } catch (WireException | FrameException e) {
            end(Ending.failed("no message: " + e.getMessage()));
        } catch (IOException e) {
            end(Ending.gone(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talk() {
        try {
            converse();
        } finally {
            end(Ending.failed("the talk thread ended"));
            endConversation();
            checks.forEach(check -> check.cancel(false));
            ended.accept(Objects.requireNonNull(ending.get()));
        }
    }

    private void converse() {
        try {
            boolean goingOn = step(steps.open());
            while (goingOn) {
                Inbound next = inbox.poll(IDLE_LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    newsWanted.set(true);
                }
                SyncMessage message = next == null ? null : next.message();
                if (message != null) {
                    goingOn = step(() -> steps.receive().apply(message));
                    heard.set(goingOn);
                }
                if (goingOn && outQueue.isQuiet() && newsWanted.getAndSet(false)) {
                    goingOn = news();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean news() throws InterruptedException {
        var asked = new ArrayList<CompletableFuture<Progress>>();
        for (var check = checks.poll(); check != null; check = checks.poll()) {
            asked.add(check);
        }
        try {
            boolean goingOn = step(steps.news());
            Progress reached = newest.get();
            if (goingOn && reached != null) {
                asked.forEach(check -> check.complete(reached));
            }
            return goingOn;
        } finally {
            // does nothing to those that were answered
            asked.forEach(check -> check.cancel(false));
        }
    }

    /// @return whether the conversation goes on
    private boolean step(Supplier<CompletableFuture<Steps.Step>> step) throws InterruptedException {
        try {
            Steps.Step taken = committed(step);
            boolean groups = false;
            for (SyncMessage message : taken.turn().say()) {
                groups |= message instanceof SyncMessage.Groups;
                gate.meter.says(message, System.nanoTime());
                if (!outQueue.put(SyncCodec.encode(message))) {
                    end(Ending.failed("the peer asks without reading"));
                    return false;
                }
            }
            if (!groups) {
                gate.meter.saysNothing();
            }
            newest.set(taken.progress());
            progressed.accept(taken.progress());
            if (taken.turn().violation().isPresent()) {
                endOnceSent(taken.turn().violation().get());
            }
            return taken.turn().violation().isEmpty();
        } catch (CancellationException e) {
            end(Ending.gone("the library was closed"));
        } catch (ExecutionException e) {
            sayFarewell(why(e));
        } catch (IllegalArgumentException e) {
            sayFarewell("an answer that cannot be sent: " + e.getMessage());
        }
        return false;
    }

    private static String why(ExecutionException e) {
        return e.getCause() instanceof CoreException failure ? String.valueOf(failure.getMessage())
                : "a fault in the program, see its log";
    }

    /// Tells the peer why, for its log.
    private void sayFarewell(String why) throws InterruptedException {
        outQueue.put(SyncCodec.encode(new SyncMessage.Goodbye(why)));
        endOnceSent(why);
    }

    private void endOnceSent(String why) throws InterruptedException {
        Ending failed = Ending.failed(why);
        farewell.set(failed);
        outQueue.end();
        out.join(FAREWELL_MAX);
        end(failed);
    }

    /// Tries again for as long as the writer's queue is full.
    private static Steps.Step committed(Supplier<CompletableFuture<Steps.Step>> step)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return step.get().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof CoreException.Busy)) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(BUSY_PAUSE_MILLIS);
            }
        }
    }

    private void out() {
        try {
            for (byte[] frame = outQueue.take(); frame.length > 0; frame = outQueue.take()) {
                gate.out.pass(frame.length);
                link.send(frame);
                gate.meter.sent(frame.length);
                if (newsWanted.get() && outQueue.isQuiet()) {
                    nudge();
                }
            }
        } catch (IOException e) {
            end(Ending.gone(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The last step. Until it is taken the library believes that the link is there, so it must not be missed.
    private void endConversation() {
        boolean over = false;
        while (!over) {
            try {
                steps.end().get().join();
                over = true;
            } catch (CancellationException e) {
                over = true;
            } catch (CompletionException e) {
                over = !(e.getCause() instanceof CoreException.Busy);
                // whoever ended the link has interrupted this thread, which would cut the pause short
                boolean _ = Thread.interrupted();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BUSY_PAUSE_MILLIS));
            }
        }
    }

    /// A full inbox needs no nudge: the talk thread looks for news after each message.
    private void nudge() {
        boolean _ = inbox.offer(Inbound.NUDGE);
    }

    private void end(Ending how) {
        if (ending.compareAndSet(null, Objects.requireNonNullElse(farewell.get(), how))) {
            link.close();
            for (Thread thread : List.of(in, talk, out)) {
                if (!thread.equals(Thread.currentThread())) {
                    thread.interrupt();
                }
            }
        }
    }
}
