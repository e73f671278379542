package app.holdfast.core.peer;

import app.holdfast.core.api.DeviceRow.Via;
import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.PeerStatus.Linked;
import app.holdfast.core.sync.Progress;
import app.holdfast.core.transport.DialException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
///     any --close--> CLOSED, any --paused--> PAUSED --resumed--> DIALING
///
/// Which of two links stays is [Meeting#replaces]'s to say. The wait is [BackOff]'s; it starts anew after a link over
/// which the peer said something that could be taken. A device without a known address is not dialled, only waited for.
///
/// State is confined to the engine's virtual thread. Everyone else tells it things through the mailbox and never waits.
final class PeerEngine {

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
    private final Commons.Chance chance;
    private final Runnable wakeAll;
    private final BackOff backOff;
    private final Mailbox mailbox = new Mailbox();
    private final AtomicReference<PeerStatus> status;
    private final AtomicReference<PeerRule> rule;
    private final Pump.Gate gate;
    /// The pump to wake, for other threads.
    private final AtomicReference<@Nullable Pump> awake = new AtomicReference<>();
    private final Thread thread;

    private final AddressBook addresses = new AddressBook();
    private final Runs runs = new Runs();
    private final List<CompletableFuture<Void>> waitingForSync = new ArrayList<>();
    private @Nullable Talking talking;
    private @Nullable Thread dialling;
    /// The name of the newest link, 0 for none yet.
    private long known;
    /// Whether the last try to dial was refused.
    private boolean wasRefused;
    /// By `System.nanoTime`.
    private long dialAtNanos = System.nanoTime();

    PeerEngine(DeviceId peer, PeerRule rule, Commons common) {
        this.peer = peer;
        this.self = common.self();
        this.around = common.around();
        this.chance = common.chance();
        this.wakeAll = common.wakeAll();
        this.rule = new AtomicReference<>(rule);
        this.gate = new Pump.Gate(new Meter(chance.time()), new Throttle(common.out()), new Throttle(common.in()));
        gate.limit(rule);
        this.backOff = new BackOff(chance.random());
        PeerStatus unknown = PeerStatus.unknown(peer);
        this.status = new AtomicReference<>(rule.paused() ? unknown.apart(PeerState.PAUSED, "paused here") : unknown);
        this.thread = Thread.ofVirtual().name("peer-" + peer).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    PeerStatus status() {
        return Objects.requireNonNull(status.get());
    }

    Meter meter() {
        return gate.meter();
    }

    PeerTraffic traffic() {
        return gate.meter().traffic(Optional.ofNullable(awake.get()).flatMap(Pump::roundTrip));
    }

    boolean isPaused() {
        return Objects.requireNonNull(rule.get()).paused();
    }

    /// Has the conversation begun anew.
    void relink() {
        mailbox.tell(new Mail.Relink());
    }
    /// What the person has decided. May be told the same again.
    void ruled(PeerRule now) {
        mailbox.tell(new Mail.Ruled(now));
    }

    /// A link was accepted. It is closed when it is not used, now or later.
    void accepted(Meeting meeting) {
        mailbox.tell(new Mail.Met(meeting));
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
        mailbox.tell(new Mail.SyncNow(done));
        return done;
    }

    /// Where the device may be dialled, besides where it was met.
    void addresses(List<InetSocketAddress> told) {
        mailbox.tell(new Mail.Addresses(List.copyOf(told)));
    }

    /// Ends the link and the thread; waits for that, but not long.
    void close() {
        mailbox.close();
        try {
            thread.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        return mayDial() ? mailbox.take(dialAtNanos - System.nanoTime()) : mailbox.take();
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
            case Mail.Ruled ruled -> obey(ruled.rule());
            case Mail.Relink _ -> partFor(Ending.ANEW);
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
        boolean admitted = runs.admits(meeting.greeting().run(), talking != null, System.nanoTime()); // R7
        if (runs.areTwo() && !status().twice()) {
            change(status().metTwice());
            happened(meeting.token(), PeerEvent.Kind.TWICE, "");
        }
        if (isPaused() || !admitted) {
            LastWord.dismiss(meeting, admitted ? Ending.PAUSED : Ending.TWICE);
            return;
        }
        if (talking != null && !meeting.replaces(talking.meeting(), self)) {
            meeting.end();
            return;
        }
        hangUp("another link took its place");
        LOG.info("linked peer={} remote={} dialledHere={}", peer, meeting.link().remote(), meeting.dialledHere());
        var pump = pump(meeting);
        talking = new Talking(meeting, pump);
        known = meeting.token();
        awake.set(pump);
        change(status().linked(new Linked(Via.DIRECT, meeting.link().remote(), meeting.token()), now()));
        happened(meeting.token(), PeerEvent.Kind.LINKED, "");
        addresses.met(meeting.addresses());
        around.learned().accept(peer, addresses.all());
        pump.start();
    }

    private Pump pump(Meeting meeting) {
        var newest = new AtomicReference<@Nullable Progress>();
        return new Pump(meeting.link(), around.converse().apply(peer), gate, progress -> {
            if (newest.getAndSet(progress) == null) {
                mailbox.tell(new Mail.Progressed(meeting, newest));
            }
        }, how -> mailbox.tell(new Mail.Ended(meeting, how)));
    }

    private void obey(PeerRule now) throws InterruptedException {
        boolean was = isPaused();
        rule.set(now);
        gate.limit(now);
        if (now.paused() && !was) {
            if (dialling != null) {
                dialling.interrupt();
            }
            partFor(Ending.PAUSED);
            change(status().apart(PeerState.PAUSED, "paused here"));
            releaseWaiting();
        } else if (was && !now.paused()) {
            backOff.reset();
            change(status().apart(PeerState.OFFLINE, "not dialled yet"));
            dialAtNanos = System.nanoTime();
        }
    }

    /// Ends the conversation with a word.
    private void partFor(String why) throws InterruptedException {
        if (talking != null) {
            long talk = talking.meeting().token();
            talking.pump().part(why);
            hangUp(why);
            change(status().seen(now()));
            change(status().apart(PeerState.OFFLINE, why));
            happened(talk, PeerEvent.Kind.LOST, why);
            dialAtNanos = System.nanoTime();
            wakeAll.run();
        }
    }

    private void happened(long talk, PeerEvent.Kind kind, String why) {
        around.happened().accept(new PeerEvent(peer, talk, kind, why));
    }

    private void progressed(Meeting over, @Nullable Progress progress) {
        if (progress == null || !isTalkingOver(over)) {
            return;
        }
        change(status().progressed(progress, now()));
        if (progress.state() == Progress.State.UP_TO_DATE) {
            releaseWaiting();
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
        gate.meter().parted();
        change(status().seen(now()));
        apart(PeerState.OFFLINE, how.why());
        happened(over.token(), how.event(), how.why());
        wakeAll.run();
    }

    private void dialFailed(IOException cause) {
        dialling = null;
        if (talking == null) {
            boolean refused = cause instanceof DialException dial && dial.reason() == DialException.Reason.REFUSED;
            apart(refused ? PeerState.REFUSED : PeerState.OFFLINE, String.valueOf(cause.getMessage()));
            if (refused && !wasRefused) {
                happened(0, PeerEvent.Kind.REFUSED, String.valueOf(cause.getMessage()));
            }
            wasRefused = refused;
        }
    }

    private void apart(PeerState state, String why) {
        dialAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backOff.nextMillis());
        change(status().apart(isPaused() ? PeerState.PAUSED : state, why));
        releaseWaiting();
    }

    private void syncNow(CompletableFuture<Void> done) {
        if (talking != null) {
            var _ = talking.pump().check().whenComplete((progress, failure) -> mailbox.tell(new Mail.Checked(done,
                    failure == null && progress.state() == Progress.State.UP_TO_DATE)));
        } else if (isPaused() || dialling == null && addresses.isEmpty()) {
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
        if (addresses.told(told)) {
            dialAtNanos = System.nanoTime();
        }
    }

    private boolean mayDial() {
        return talking == null && dialling == null && !addresses.isEmpty() && !isPaused();
    }

    private void dialIfDue() {
        if (mayDial() && dialAtNanos - System.nanoTime() <= 0) {
            change(status().connecting());
            var greeting = new Greeting(chance.run(), chance.random().nextLong(), known, around.listens().get());
            dialling = Dialling.start(peer, around.dialler(), addresses.all(), greeting, mailbox::tell);
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
            gate.meter().parted();
        }
    }

    private void part() {
        if (talking != null) {
            talking.meeting().end();
        }
        if (dialling != null) {
            dialling.interrupt();
        }
        releaseWaiting();
        mailbox.returnAll();
        if (status().online()) {
            change(status().apart(PeerState.OFFLINE, "closed here"));
        }
    }

    private void releaseWaiting() {
        waitingForSync.forEach(done -> done.complete(null));
        waitingForSync.clear();
    }

    private void change(PeerStatus after) {
        PeerStatus before = Objects.requireNonNull(status.getAndSet(after));
        if (!before.equals(after)) {
            around.changed().accept(before, after);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(chance.time().nowMillis());
    }
}
