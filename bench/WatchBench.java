import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.LocationId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Writes files into a location of A and waits each time until a search that is kept answered on B finds it: the
/// watcher, the scan of the folder, two commits, the frames. Run by `bench/watch`.
public final class WatchBench {

    private static final int WARM_UP = 10;
    private static final int CHANGES = Integer.getInteger("trials", 40);
    private static final int FILES = Integer.getInteger("files", 20_000);
    private static final int FOLDERS = FILES / 20;
    private static final int PAUSE_MILLIS_MIN = 300;
    private static final int PAUSE_MILLIS_MAX = 1_500;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private WatchBench() {
    }

    /// @param arguments an empty folder to work in
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]).toRealPath();
        Path tree = work.resolve("tree");
        Trees.make(tree, FILES, FOLDERS, 0);
        Holdfast.initialise(work.resolve("a"), "a");
        Holdfast.initialise(work.resolve("b"), "b");
        try (Holdfast a = Holdfast.open(work.resolve("a")); Holdfast b = Holdfast.open(work.resolve("b"))) {
            Devices atA = a.connect(LOOPBACK);
            Devices atB = b.connect(LOOPBACK);
            String ticket = atA.invite(true, Duration.ofMinutes(5)).toCompletableFuture().get().ticket();
            atB.join(ticket, (_, _) -> true).toCompletableFuture().get(30, TimeUnit.SECONDS);
            LocationId location = new LocationId(a.newId());
            Scans.run(a, location, new Command.AddLocation(location, tree, Optional.empty()), FILES + FOLDERS);
            measure(b, tree);
        }
    }

    private static void measure(Holdfast b, Path tree) throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        List<Path> folders;
        try (var children = Files.list(tree)) {
            folders = children.sorted().toList();
        }
        double[] millis = new double[CHANGES];
        for (int i = -WARM_UP; i < CHANGES; i++) {
            Thread.sleep(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX)); // as a person writes
            String name = "zz just written %d.txt".formatted(i + WARM_UP);
            var query = new SearchQuery(List.of(new SearchQuery.Term(true, new SearchQuery.Test.Name(name))));
            CompletableFuture<Long> seen = new CompletableFuture<>();
            try (Subscription _ = b.library().observe(
                    reader -> reader.first(query, EntrySort.BY_NAME, 1).keys().count(), count -> {
                        if (count > 0) {
                            seen.complete(System.nanoTime());
                        }
                    })) {
                long began = System.nanoTime();
                Files.writeString(folders.get(random.nextInt(folders.size())).resolve(name), name);
                long ended = seen.get(30, TimeUnit.SECONDS);
                if (i >= 0) {
                    millis[i] = (ended - began) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        System.out.printf(Locale.ROOT, "written on A to found on B, %d files: p50 %.1f ms, p90 %.1f ms, max %.1f%n",
                CHANGES, millis[CHANGES / 2], millis[CHANGES * 9 / 10], millis[CHANGES - 1]);
        System.out.printf(Locale.ROOT, "p50 %.3f%n", millis[CHANGES / 2]); // for the script
    }
}
