package app.holdfast.core.library;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.fake.PipedLink;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import app.holdfast.core.vault.VaultDoor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Two desks in one process; the desktop takes, the laptop gives.
///
/// Knobs: [#breaks] are after how many frames each next link to the desktop breaks ([#NOBODY] and [#BROKEN] make none);
/// [#nowMillis] is the clock; [#keeps] are the long pauses, for the test to end, and [#pauses] the short ones once
/// [#pausing] is set.
final class TwoDesks implements AutoCloseable {

    static final DeviceId LAPTOP = new DeviceId("a1".repeat(32));
    static final DeviceId DESKTOP = new DeviceId("b2".repeat(32));
    static final long SECONDS_MAX = 10;
    /// Nobody answers.
    static final int NOBODY = -1;
    /// The dial itself is at fault.
    static final int BROKEN = -2;
    private static final byte[] DONE = new ExchangeMessage.Done(new UUID(0, 0)).encode();
    private static final Duration LONG = Duration.ofMinutes(1);

    final RandomSource random = new SplittableRandom(21)::nextLong;
    final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    final BlockingQueue<CoreEvent> heard = new LinkedBlockingQueue<>();
    final Deque<Integer> breaks = new ConcurrentLinkedDeque<>();
    final List<Integer> dialled = new CopyOnWriteArrayList<>();
    /// What was told of files, in its order.
    final List<String> done = new CopyOnWriteArrayList<>();
    final AtomicLong nowMillis = new AtomicLong(1_790_000_000_000L);
    final BlockingQueue<CompletableFuture<Void>> pauses = new LinkedBlockingQueue<>();
    final BlockingQueue<CompletableFuture<Void>> keeps = new LinkedBlockingQueue<>();
    /// Whether the next Done breaks its link.
    final AtomicBoolean losesDone = new AtomicBoolean();
    /// How long each frame from the laptop takes by the clock.
    final AtomicLong frameMillis = new AtomicLong();
    boolean pausing;
    final VaultDesk laptop;
    final VaultDesk desktop;
    final OpenVault mine;
    final OpenVault theirs;

    TwoDesks(Path folder) throws CoreException {
        var door = new VaultDoor(nowMillis::get, random, (file, deed) -> done.add(file.getFileName() + " " + deed));
        theirs = door.create(folder.resolve("laptop.stronghold"), utf8("l"), cheap());
        mine = door.create(folder.resolve("desktop.stronghold"), utf8("d"), cheap());
        put(theirs, "seed", utf8("correct horse"));
        var moments = new Moments();
        Subscription _ = moments.listen(heard::add);
        laptop = new VaultDesk(surroundings(LAPTOP, _ -> {
            throw new IOException("nobody dials from here");
        }, moments));
        desktop = new VaultDesk(surroundings(DESKTOP, _ -> linkToLaptop(), new Moments()));
    }

    VaultDesk.Surroundings surroundings(DeviceId self, VaultDesk.Dial dial, Moments moments) {
        return new VaultDesk.Surroundings(self, Set.of(LAPTOP, DESKTOP)::contains, dial,
                device -> device.equals(LAPTOP) ? "laptop" : "desktop", work, nowMillis::get, random, moments,
                this::pause);
    }

    /// Short ones are over at once otherwise.
    private CompletableFuture<Void> pause(Duration time) {
        var pause = new CompletableFuture<Void>();
        if (time.compareTo(LONG) >= 0) {
            keeps.add(pause);
        } else if (pausing) {
            pauses.add(pause);
        } else {
            pause.complete(null);
        }
        return pause;
    }

    Link linkToLaptop() throws IOException {
        int frames = breaks.isEmpty() ? Integer.MAX_VALUE : breaks.removeFirst();
        if (frames == BROKEN) {
            throw new IllegalArgumentException("a mistake in the dial");
        }
        if (frames == NOBODY) {
            throw new IOException("nobody is there");
        }
        var ends = PipedLink.Ends.of(DESKTOP, LAPTOP, frames);
        dialled.add(1);
        work.execute(() -> {
            try (Link link = new Forgetful(ends.second(), new AtomicBoolean(), this::frame)) {
                laptop.service().handler().accept(link);
            }
        });
        return new Forgetful(ends.first(), losesDone, () -> { });
    }

    private void frame() {
        nowMillis.addAndGet(frameMillis.get());
    }

    private record Forgetful(Link link, AtomicBoolean losesDone, Runnable sent) implements Link {

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
            if (Arrays.equals(frame, 0, 2, DONE, 0, 2) && losesDone.getAndSet(false)) {
                link.close();
                throw new IOException("lost");
            }
            sent.run();
            link.send(frame);
        }

        @Override
        public byte @Nullable [] receive() throws IOException {
            return link.receive();
        }

        @Override
        public void close() {
            link.close();
        }
    }

    static Vaults.Locking cheap() {
        return new Vaults.Locking(3, Optional.empty(), Optional.empty(), 0);
    }

    static RecordPath at(String record) {
        return RecordPath.of("wallet", "keys", record);
    }

    static void put(OpenVault vault, String record, byte[] secret) throws CoreException {
        vault.put(at(record), secret, new byte[0], true);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    @Override
    public void close() {
        desktop.close();
        laptop.close();
        mine.close();
        theirs.close();
        work.shutdownNow();
    }
}
