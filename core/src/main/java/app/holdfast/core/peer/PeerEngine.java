package app.holdfast.core.peer;

import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.sync.Progress;
import app.holdfast.core.transport.DialException;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One device's engine.
///
///     IDLE --start--> DIALING --link--> TALKING --ended--> WAITING --timer, syncNow, new address--> DIALING
///                      |   |               ^                |   ^
///                      |   '---accepted----+----accepted----'   |
///                      '-----------------failed-----------------'
///     any --close--> CLOSED
///
/// Which of two links stays is [Meeting#replaces]'s to say. The wait is [BackOff]'s; it starts anew after a link over
/// which the peer said something that could be taken. A device without a known address is not dialled, only waited for.
///
/// State is confined to the engine's virtual thread. Everyone else tells it things through the mailbox and never waits.
final class PeerEngine {

    /// What is not the same in two runs of the program.
    ///
    /// @param run this run's name
    record Chance(long run, TimeSource time, RandomSource random) {}

    /// A link tells at most three things at a time and a peer has at most five links; the rest are people's wishes to
    /// sync now. More than this is a bug, and telling fails.
    private static final int MAILBOX_MAX = 4_096;
    /// Addresses tried; the oldest are forgotten.
    private static final int ADDRESSES_MAX = 16;
    /// How long closing waits for the thread.
    private static final long CLOSE_MILLIS_MAX = 2_000;
    /// How long the last step of a conversation is waited for.
    private static final Duration HANG_UP_MAX = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(PeerEngine.class);

    /// The link in use.
    private record Talking(Meeting meeting, Pump pump) {}

    private final DeviceId peer;
    private final DeviceId self;
    private final Neighbourhood around;
    private final Chance chance;
    private final Runnable wakeAll;
    private final BackOff backOff;
    private final BlockingQueue<Mail> mailbox = new LinkedBlockingQueue<>(MAILBOX_MAX);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<PeerStatus> status;
    /// The pump to wake, for other threads.
    private final AtomicReference<@Nullable Pump> awake = new AtomicReference<>();
    private final Thread thread;

    /// Best first.
    private SequencedSet<InetSocketAddress> addresses = new LinkedHashSet<>();
    private final List<CompletableFuture<Void>> waitingForSync = new ArrayList<>();
    private @Nullable Talking talking;
    private @Nullable Thread dialling;
    /// The name of the newest link, 0 for none yet.
    private long known;
    /// By `System.nanoTime`.
    private long dialAtNanos = System.nanoTime();

    /// @param wakeAll whoever else is linked may have something to say, because this device is not any more
    PeerEngine(DeviceId peer, DeviceId self, Neighbourhood around, Chance chance, Runnable wakeAll) {
        this.peer = peer;
        this.self = self;
        this.around = around;
        this.chance = chance;
        this.wakeAll = wakeAll;
        this.backOff = new BackOff(chance.random());
        this.status = new AtomicReference<>(PeerStatus.unknown(peer));
        this.thread = Thread.ofVirtual().name("peer-" + peer).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    PeerStatus status() {
        return Objects.requireNonNull(status.get());
    }

    /// A link was accepted. It is closed when it is not used, now or later.
    void accepted(Meeting meeting) {
        tell(new Mail.Met(meeting));
    }

    /// Something was committed.
    void wake() {
        Pump pump = awake.get();
        if (pump != null) {
            pump.wake();
        }
    }

    /// @return completes when both have the same, or the device cannot be reached now
    CompletableFuture<Void> syncNow() {
        var done = new CompletableFuture<Void>();
        tell(new Mail.SyncNow(done));
        return done;
    }

    /// Where the device may be dialled, besides where it was met.
    void addresses(List<InetSocketAddress> told) {
        tell(new Mail.Addresses(List.copyOf(told)));
    }

    /// Ends the link and the thread; waits for that, but not long.
    void close() {
        if (closed.compareAndSet(false, true)) {
            mailbox.add(new Mail.Close());
        }
        try {
            thread.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Mail mail) {
        mailbox.add(mail);
        if (closed.get() && mailbox.remove(mail)) {
            mail.returnToSender();
        }
    }

    private void run() {
        try {
            boolean goingOn = true;
            while (goingOn) {
                Mail mail = next();
                goingOn = mail == null || take(mail);
                if (goingOn) {
                    dialIfDue();
                }
            }
            hangUp("closed here");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            part();
        }
    }

    private @Nullable Mail next() throws InterruptedException {
        return mayDial() ? mailbox.poll(dialAtNanos - System.nanoTime(), TimeUnit.NANOSECONDS) : mailbox.take();
    }

    /// @return whether the engine goes on
    private boolean take(Mail mail) throws InterruptedException {
        switch (mail) {
            case Mail.Met met -> met(met.meeting());
            case Mail.DialFailed failed -> dialFailed(failed.cause());
            case Mail.Progressed progressed -> progressed(progressed.over(), progressed.newest().getAndSet(null));
            case Mail.Ended ended -> ended(ended.over(), ended.how());
            case Mail.SyncNow now -> syncNow(now.done());
            case Mail.Checked checked -> checked(checked.done(), checked.upToDate());
            case Mail.Addresses told -> told(told.addresses());
            case Mail.Close _ -> {
                return false;
            }
        }
        return true;
    }

    private void met(Meeting meeting) throws InterruptedException {
        if (meeting.dialledHere()) {
            dialling = null;
        }
        if (talking != null && !meeting.replaces(talking.meeting(), self)) {
            LOG.debug("second link dropped peer={} remote={}", peer, meeting.link().remote());
            meeting.end();
            return;
        }
        hangUp("another link took its place");
        LOG.info("linked peer={} remote={} dialledHere={}", peer, meeting.link().remote(), meeting.dialledHere());
        var newest = new AtomicReference<@Nullable Progress>();
        var pump = new Pump(meeting.link(), around.converse().apply(peer), progress -> {
            if (newest.getAndSet(progress) == null) {
                tell(new Mail.Progressed(meeting, newest));
            }
        }, how -> tell(new Mail.Ended(meeting, how)));
        talking = new Talking(meeting, pump);
        known = meeting.token();
        awake.set(pump);
        change(status().linked(meeting.link().remote(), now()));
        learn(meeting.addresses());
        pump.start();
    }

    private void progressed(Meeting over, @Nullable Progress progress) {
        if (progress != null && isTalkingOver(over)) {
            change(status().progressed(progress, now()));
            if (progress.state() == Progress.State.UP_TO_DATE) {
                releaseWaiting();
            }
        }
    }

    private void ended(Meeting over, Ending how) {
        over.end();
        if (talking == null || !isTalkingOver(over)) {
            return;
        }
        if (how.kind() == Ending.Kind.GONE && talking.pump().hasHeard()) {
            backOff.reset();
        }
        LOG.info("link ended peer={} kind={} why={}", peer, how.kind(), how.why());
        talking = null;
        awake.set(null);
        change(status().seen(now()));
        apart(PeerState.OFFLINE, how.why());
        wakeAll.run();
    }

    private void dialFailed(IOException cause) {
        dialling = null;
        if (talking == null) {
            boolean refused = cause instanceof DialException dial && dial.reason() == DialException.Reason.REFUSED;
            LOG.debug("not reached peer={} cause={}", peer, cause.getMessage());
            apart(refused ? PeerState.REFUSED : PeerState.OFFLINE, String.valueOf(cause.getMessage()));
        }
    }

    private void apart(PeerState state, String why) {
        dialAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backOff.nextMillis());
        change(status().apart(state, why));
        releaseWaiting();
    }

    private void syncNow(CompletableFuture<Void> done) {
        if (talking != null) {
            var _ = talking.pump().check().whenComplete((progress, failure) -> tell(new Mail.Checked(done,
                    failure == null && progress.state() == Progress.State.UP_TO_DATE)));
        } else if (dialling == null && addresses.isEmpty()) {
            done.complete(null);
        } else {
            waitingForSync.add(done);
            dialAtNanos = System.nanoTime();
        }
    }

    private void checked(CompletableFuture<Void> done, boolean upToDate) {
        if (upToDate) {
            done.complete(null);
        } else if (talking != null) {
            waitingForSync.add(done);
        } else {
            syncNow(done);
        }
    }

    private void told(List<InetSocketAddress> told) {
        if (addresses.addAll(told)) {
            dialAtNanos = System.nanoTime();
        }
    }

    private void learn(List<InetSocketAddress> met) {
        SequencedSet<InetSocketAddress> all = new LinkedHashSet<>(met);
        all.addAll(addresses);
        addresses = new LinkedHashSet<>(all.stream().limit(ADDRESSES_MAX).toList());
        around.learned().accept(peer, List.copyOf(addresses));
    }

    private boolean mayDial() {
        return talking == null && dialling == null && !addresses.isEmpty();
    }

    private void dialIfDue() {
        if (mayDial() && dialAtNanos - System.nanoTime() <= 0) {
            change(status().connecting());
            var candidates = List.copyOf(addresses);
            var greeting = new Greeting(chance.run(), chance.random().nextLong(), known, around.listens().get());
            dialling = Thread.ofVirtual().name("peer-dial-" + peer).start(() -> dial(candidates, greeting));
        }
    }

    /// On a thread of its own.
    private void dial(List<InetSocketAddress> candidates, Greeting greeting) {
        Mail outcome = new Mail.DialFailed(new IOException("a fault in the program, see its log"));
        try {
            Link link = around.dialler().dial(peer, candidates);
            try {
                outcome = new Mail.Met(Meeting.dialled(link, greeting));
            } catch (IOException e) {
                link.close();
                throw e;
            }
        } catch (IOException e) {
            outcome = new Mail.DialFailed(e);
        } finally {
            tell(outcome);
        }
    }

    private boolean isTalkingOver(Meeting meeting) {
        return talking != null && talking.meeting().equals(meeting);
    }

    /// Waits for the end of the conversation, so that the next one finds nothing of it.
    private void hangUp(String why) throws InterruptedException {
        if (talking != null) {
            Talking last = talking;
            talking = null;
            awake.set(null);
            last.pump().close(why);
            last.meeting().end();
            last.pump().join(HANG_UP_MAX);
        }
    }

    private void part() {
        closed.set(true);
        if (talking != null) {
            talking.meeting().end();
        }
        if (dialling != null) {
            dialling.interrupt();
        }
        releaseWaiting();
        for (Mail late = mailbox.poll(); late != null; late = mailbox.poll()) {
            late.returnToSender();
        }
        if (status().online()) {
            change(status().apart(PeerState.OFFLINE, "closed here"));
        }
    }

    private void releaseWaiting() {
        waitingForSync.forEach(done -> done.complete(null));
        waitingForSync.clear();
    }

    private void change(PeerStatus after) {
        PeerStatus before = status();
        status.set(after);
        if (!before.equals(after)) {
            around.changed().accept(before, after);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(chance.time().nowMillis());
    }
}
