import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.model.LocationId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The first exchange of a folder's entries again and again in one process, each time with a device that is new: the
/// first round is what a program just started does, the later ones are without what the JVM does once, compiling before
/// all. Run by `bench/exchange`, which measures two processes that were just started.
public final class ExchangeBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 6);
    private static final long WAIT_SECONDS = 900;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private final Path work;

    private ExchangeBench(Path work) {
        this.work = work;
    }

    /// @param arguments an empty folder to work in, the folder whose entries are exchanged, seconds that the reference
    ///                  took, if any
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        Holdfast.initialise(work.resolve("giver"), "giver");
        try (Holdfast giver = Holdfast.open(work.resolve("giver"))) {
            Devices devices = giver.connect(LOOPBACK);
            giver.library().submit(new Command.AddLocation(new LocationId(giver.newId()), Path.of(arguments[1]),
                    Optional.empty())).toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
            await(giver, reader -> reader.locations().stream().allMatch(row -> row.state() == LocationRow.State.IDLE)
                    && reader.scans().stream().allMatch(scan -> scan.state() == ScanProgress.State.DONE));
            long entries = giver.library().ask(LibraryReader::summary).counts().entries();
            var bench = new ExchangeBench(work);
            double seconds = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                seconds = bench.exchange("taker " + round, devices, entries);
                System.out.printf(Locale.ROOT, "%,d entries within one process, round %d: %.2f s%n", entries, round,
                        seconds);
            }
            if (arguments.length > 2) {
                Aims.atLeast("first exchange in a process that is warm", Double.parseDouble(arguments[2]) / seconds, 3,
                        "times as quick", "Syncthing's");
            }
        }
    }

    /// @return seconds from the begin of the backfill to its end
    private double exchange(String name, Devices giver, long entries) throws Exception {
        Holdfast.initialise(work.resolve(name), name);
        try (Holdfast taker = Holdfast.open(work.resolve(name))) {
            String ticket = giver.invite(true, Duration.ofMinutes(5)).toCompletableFuture().get().ticket();
            taker.connect(LOOPBACK).join(ticket, (_, _) -> true).toCompletableFuture()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
            await(taker, reader -> time(reader, SyncEvent.Kind.BACKFILL_ENDED).isPresent());
            long there = taker.library().ask(LibraryReader::summary).counts().entries();
            if (there != entries) {
                throw new IllegalStateException(there + " of " + entries + " entries arrived");
            }
            return taker.library().ask(reader -> Duration.between(
                    time(reader, SyncEvent.Kind.BACKFILL_BEGUN).orElseThrow(),
                    time(reader, SyncEvent.Kind.BACKFILL_ENDED).orElseThrow())).toMillis() / 1e3;
        }
    }

    private static Optional<Instant> time(LibraryReader reader, SyncEvent.Kind kind) {
        List<SyncEvent> events = reader.syncEvents(1_000, 0);
        return events.stream().filter(event -> event.kind() == kind).map(SyncEvent::time).findFirst();
    }

    private static void await(Holdfast device, Predicate<LibraryReader> holds) throws Exception {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        try (Subscription _ = device.library().observe(holds::test, answer -> {
            if (answer) {
                reached.complete(true);
            }
        })) {
            reached.get(WAIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
