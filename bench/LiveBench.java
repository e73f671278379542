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
/// two frames, one merge; in a program just started, and in one that has been going on. The reference is the echo of a
/// few bytes between the same two endpoints, each over a new connection.
public final class LiveBench {

    private static final int WARM_UP = 100;
    /// Before a program counts as one that goes on: what a person does in a day or two.
    private static final int WARMER = 1_000;
    private static final int CHANGES = 200;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private final Holdfast a;
    private final Holdfast b;
    private final TagId tag;
    private int changes;

    private LiveBench(Holdfast a, Holdfast b, TagId tag) {
        this.a = a;
        this.b = b;
        this.tag = tag;
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
            TagId tag = new TagId(a.newId());
            a.library().submit(new Command.CreateTag(tag, "tag", Optional.empty(), Optional.empty()))
                    .toCompletableFuture().get(30, TimeUnit.SECONDS);
            var bench = new LiveBench(a, b, tag);
            bench.change(WARM_UP);
            bench.report("just started");
            bench.change(WARMER);
            bench.report("going on");
            List<Long> echoes = atA.ping(atB.reachable().ticket(), 50).toCompletableFuture().get().rttMicros();
            double echo = echoes.stream().mapToLong(Long::longValue).sorted().skip(25).findFirst().orElse(0) / 1e3;
            System.out.printf(Locale.ROOT, "reference: echo between the two, p50 %.2f ms (of 50)%n", echo);
        }
    }

    private void report(String when) throws Exception {
        double[] millis = change(CHANGES);
        Arrays.sort(millis);
        System.out.printf(Locale.ROOT, "command on A to answer on B, %s, %d changes: p50 %.2f ms, p99 %.2f ms, "
                + "max %.2f ms%n", when, CHANGES, millis[CHANGES / 2], millis[CHANGES * 99 / 100], millis[CHANGES - 1]);
        Aims.atMost("commit on A to visible on B, " + when + ", p50", millis[CHANGES / 2], 5, "ms", "");
        Aims.atMost("commit on A to visible on B, " + when + ", p99", millis[CHANGES * 99 / 100], 25, "ms", "");
    }

    /// @return how long each took, milliseconds
    private double[] change(int times) throws Exception {
        AtomicReference<String> wanted = new AtomicReference<>("");
        SynchronousQueue<Long> seen = new SynchronousQueue<>();
        double[] millis = new double[times];
        try (Subscription _ = b.library().observe(LibraryReader::tags, tags -> {
            if (tags.stream().map(TagRow::name).anyMatch(wanted.get()::equals)) {
                offer(seen);
            }
        })) {
            for (int i = 0; i < times; i++) {
                String name = "change " + changes++;
                wanted.set(name);
                long began = System.nanoTime();
                a.library().submit(new Command.RenameTag(tag, name));
                Long ended = seen.poll(30, TimeUnit.SECONDS);
                if (ended == null) {
                    throw new IllegalStateException(name + " did not arrive");
                }
                millis[i] = (ended - began) / 1e6;
            }
        }
        return millis;
    }

    private static void offer(SynchronousQueue<Long> seen) {
        try {
            seen.offer(System.nanoTime(), 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
