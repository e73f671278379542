import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Renames a tag on A again and again and waits each time until a question kept answered on B shows it: two commits,
/// two frames, one merge. The reference is the echo of a few bytes between the same two endpoints, each over a new
/// connection.
public final class LiveBench {

    private static final int WARM_UP = 100;
    private static final int CHANGES = 200;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private LiveBench() {
    }

    /// @param arguments an empty folder to work in
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        Holdfast.initialise(work.resolve("a"), "a");
        Holdfast.initialise(work.resolve("b"), "b");
        try (Holdfast a = Holdfast.open(work.resolve("a")); Holdfast b = Holdfast.open(work.resolve("b"))) {
            Devices atA = a.connect(LOOPBACK);
            Devices atB = b.connect(LOOPBACK);
            String ticket = atA.invite(true, Duration.ofMinutes(5)).toCompletableFuture().get().ticket();
            atB.join(ticket, (_, _) -> true).toCompletableFuture().get(30, TimeUnit.SECONDS);
            measure(a, b);
            List<Long> echoes = atA.ping(atB.reachable().ticket(), 50).toCompletableFuture().get().rttMicros();
            double echo = echoes.stream().mapToLong(Long::longValue).sorted().skip(25).findFirst().orElse(0) / 1e3;
            System.out.printf(Locale.ROOT, "reference: echo between the two, p50 %.2f ms (of 50)%n", echo);
        }
    }

    private static void measure(Holdfast a, Holdfast b) throws Exception {
        TagId tag = new TagId(a.newId());
        AtomicReference<String> wanted = new AtomicReference<>("");
        SynchronousQueue<Long> seen = new SynchronousQueue<>();
        try (Subscription _ = b.library().observe(LibraryReader::tags, tags -> {
            if (tags.stream().map(TagRow::name).anyMatch(wanted.get()::equals)) {
                offer(seen);
            }
        })) {
            double[] millis = new double[CHANGES];
            for (int i = -WARM_UP; i < CHANGES; i++) {
                String name = "change " + (i + WARM_UP);
                wanted.set(name);
                Command command = i == -WARM_UP ? new Command.CreateTag(tag, name, Optional.empty(), Optional.empty())
                        : new Command.RenameTag(tag, name);
                long began = System.nanoTime();
                a.library().submit(command);
                Long ended = seen.poll(30, TimeUnit.SECONDS);
                if (ended == null) {
                    throw new IllegalStateException(name + " did not arrive");
                }
                if (i >= 0) {
                    millis[i] = (ended - began) / 1e6;
                }
            }
            Arrays.sort(millis);
            System.out.printf(Locale.ROOT,
                    "command on A to answer on B, %d changes: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n", CHANGES,
                    millis[CHANGES / 2], millis[CHANGES * 99 / 100], millis[CHANGES - 1]);
            Aims.atMost("commit on A to visible on B, p50", millis[CHANGES / 2], 5, "ms", "");
            Aims.atMost("commit on A to visible on B, p99", millis[CHANGES * 99 / 100], 25, "ms", "");
        }
    }

    private static void offer(SynchronousQueue<Long> seen) {
        try {
            seen.offer(System.nanoTime(), 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
