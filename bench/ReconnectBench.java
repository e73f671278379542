import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.PeerTraffic;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagRow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two processes that hold the same 200,000 entries lose each other, one of them changes something, they meet again:
/// from the link to the moment at which both are equal. Once with both going on (this process pauses and resumes), once
/// with the other one ended and started again. Run by `bench/reconnect`.
public final class ReconnectBench {

    private static final int TRIALS = Integer.getInteger("trials", 20);
    private static final int WARM_UP = 3;
    private static final long WAIT_SECONDS = 900;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private final Path work;
    private final String program;
    private final Holdfast here;
    private final List<Double> millis = new ArrayList<>();
    private final List<Long> bytes = new ArrayList<>();
    private Process other;
    private int changes;

    private ReconnectBench(Path work, String program, Holdfast here) throws IOException {
        this.work = work;
        this.program = program;
        this.here = here;
        this.other = serve();
    }

    /// @param arguments an empty folder to work in, the program, the folder whose entries both are to hold
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        String program = arguments[1];
        Holdfast.initialise(work.resolve("b"), "b");
        run(work, program, "init", "--name", "a");
        try (Holdfast here = Holdfast.open(work.resolve("b"))) {
            var bench = new ReconnectBench(work, program, here);
            try {
                bench.meet(arguments[2]);
                bench.measure("both going on", WARM_UP, () -> bench.pause(true), () -> bench.pause(false));
                bench.report(true);
                bench.measure("one ended and started again", 0, bench::stop, () -> bench.other = bench.serve());
                bench.report(false);
            } finally {
                bench.stop();
            }
        }
    }

    /// Something that may fail in any way; the measurement ends then.
    private interface Step {
        void run() throws Exception;
    }

    private void meet(String tree) throws Exception {
        run(work, program, "location", "add", tree, "--wait");
        Devices devices = here.connect(LOOPBACK);
        Matcher ticket = Pattern.compile("\"ticket\":\"([^\"]*)\"")
                .matcher(run(work, program, "device", "invite", "--accept"));
        if (!ticket.find()) {
            throw new IllegalStateException("no ticket");
        }
        devices.join(ticket.group(1), (_, _) -> true).toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        await(LibraryReader::syncStatus, status -> status.state() == SyncStatus.State.READY);
        System.out.printf(Locale.ROOT, "%,d entries on both%n",
                here.library().ask(LibraryReader::summary).counts().entries());
    }

    private void measure(String what, int warmUp, Step cut, Step link) throws Exception {
        millis.clear();
        bytes.clear();
        for (int trial = -warmUp; trial < TRIALS; trial++) {
            cut.run();
            await(LibraryReader::syncStatus, status -> status.peers().stream().noneMatch(SyncStatus.Peer::online));
            String name = "change " + changes++;
            run(work, program, "tag", "create", name);
            PeerTraffic before = traffic();
            CompletableFuture<Instant> seen = new CompletableFuture<>();
            try (Subscription _ = here.library().observe(LibraryReader::tags, tags -> {
                if (tags.stream().map(TagRow::name).anyMatch(name::equals)) {
                    seen.complete(Instant.now());
                }
            })) {
                link.run();
                Instant equal = seen.get(WAIT_SECONDS, TimeUnit.SECONDS);
                await(LibraryReader::syncStatus, status -> status.state() == SyncStatus.State.READY);
                if (trial >= 0) {
                    Instant linked = here.library().ask(reader -> reader.syncEvents(100, 0)).stream()
                            .filter(event -> event.kind() == SyncEvent.Kind.LINKED).findFirst().orElseThrow().time();
                    millis.add(Duration.between(linked, equal).toNanos() / 1e6);
                    bytes.add(traffic().sent().bytes() + traffic().received().bytes() - before.sent().bytes()
                            - before.received().bytes());
                }
            }
        }
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(Locale.ROOT, "one change, %s, %d trials, from the link to equal: p50 %.1f ms, max %.1f ms, "
                + "at most %,d bytes of frames; trials %s%n", what, TRIALS, sorted[TRIALS / 2], sorted[TRIALS - 1],
                mostBytes(), Arrays.toString(Arrays.stream(sorted).mapToLong(Math::round).toArray()));
    }

    private long mostBytes() {
        return bytes.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void report(boolean withBytes) {
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        String what = withBytes ? "reconnect" : "reconnect of a process just started";
        Aims.atMost(what + ", p50", sorted[TRIALS / 2], 50, "ms", "");
        Aims.atMost(what + ", slowest", sorted[TRIALS - 1], 100, "ms", "");
        if (withBytes) {
            Aims.atMost(what + ", frames", mostBytes(), 2_048, "bytes", "");
        }
    }

    private PeerTraffic traffic() {
        return here.library().ask(LibraryReader::syncStatus).peers().stream().findFirst()
                .map(peer -> peer.detail().traffic()).orElse(PeerTraffic.NONE);
    }

    private void pause(boolean on) {
        here.library().submit(on ? new Command.PauseSync(Optional.empty()) : new Command.ResumeSync(Optional.empty()))
                .toCompletableFuture().join();
    }

    private <T> void await(Function<LibraryReader, T> question, Predicate<T> holds)
            throws Exception {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        try (Subscription _ = here.library().observe(question, answer -> {
            if (holds.test(answer)) {
                reached.complete(true);
            }
        })) {
            reached.get(WAIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Process serve() throws IOException {
        Path ready = work.resolve("a.ready");
        Files.deleteIfExists(ready);
        Process started = new ProcessBuilder(program, "--data", work.resolve("a").toString(), "serve", "--bind",
                "127.0.0.1:0").redirectError(work.resolve("a.log").toFile()).start();
        if (started.inputReader().readLine() == null) {
            throw new IOException("the other does not serve: " + Files.readString(work.resolve("a.log")));
        }
        return started;
    }

    private void stop() throws InterruptedException {
        other.destroy();
        other.waitFor();
    }

    private static String run(Path work, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program, "--data", work.resolve("a").toString(), "--json"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String answer = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + answer);
        }
        return answer;
    }
}
