import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.model.LocationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/// Measures the index through the front door: from the command to the commit of the last row, each time into a new
/// library on disk. Interleaved with `find -printf`, which reads the same facts and keeps nothing. Run by
/// `bench/index`.
public final class IndexBench {

    private static final int FILES = 200_000;
    private static final int FOLDERS = 30_000;
    private static final int ROUNDS = 5;
    private static final int DEPTH_MAX = 12;
    private static final String[] WORDS = {"Urlaub", "Fotos", "Grüße", "日本語", "Rechnungen", "été", "notes", "Музыка",
            "Ψηφία", "über 100 %"};

    private IndexBench() {
    }

    /// @param arguments an empty folder to work in
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]).toRealPath();
        Path tree = work.resolve("tree");
        makeTree(tree);
        find(tree.toString(), "-printf", "%p %s %T@ %i\n"); // warms the page cache

        double[] find = new double[ROUNDS];
        double[] first = new double[ROUNDS];
        double[] again = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            find(tree.toString(), "-printf", "%p %s %T@ %i\n");
            find[round] = secondsSince(began);
            Path data = work.resolve("data" + round);
            Holdfast.initialise(data, "bench");
            try (Holdfast holdfast = Holdfast.open(data)) {
                LocationId location = new LocationId(holdfast.newId());
                first[round] = scan(holdfast, location,
                        new Command.AddLocation(location, tree, Optional.empty()));
                again[round] = scan(holdfast, location, new Command.RescanLocation(location));
            }
        }

        System.out.printf(Locale.ROOT, "find -printf of %,d files in %,d folders: %.2f s (median of %d)%n", FILES,
                FOLDERS, median(find), ROUNDS);
        report("first index", first, find);
        Aims.atMost("first index of 200,000 files", median(first) / median(find), 6, "times", "find -printf");
        report("index again, nothing changed", again, find);
    }

    private static void report(String what, double[] seconds, double[] find) {
        System.out.printf(Locale.ROOT, "%s: %.2f s, %.1f times find (rounds %s)%n", what, median(seconds),
                median(seconds) / median(find), Arrays.stream(seconds).mapToObj("%.2f"::formatted).toList());
    }

    /// Submits a command that starts a scan, and waits for the scan's end.
    private static double scan(Holdfast holdfast, LocationId location, Command command) throws CoreException {
        CompletableFuture<ScanProgress> ended = new CompletableFuture<>();
        long began = System.nanoTime();
        try (var listening = holdfast.library().listen(event -> {
            if (event instanceof CoreEvent.ScanEnded(LocationId id, ScanProgress last)
                    && id.equals(location)) {
                ended.complete(last);
            }
        })) {
            holdfast.library().submit(command).toCompletableFuture().join();
            ScanProgress last = ended.join();
            double seconds = secondsSince(began);
            if (last.state() != ScanProgress.State.DONE || last.found() != FILES + FOLDERS) {
                throw new IllegalStateException(last.toString());
            }
            return seconds;
        }
    }

    private static void makeTree(Path top) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<Path> folders = new ArrayList<>();
        Files.createDirectories(top);
        for (int i = 0; i < FOLDERS; i++) {
            Path parent = i < 50 ? top : folders.get(random.nextInt(i));
            if (parent.getNameCount() - top.getNameCount() >= DEPTH_MAX) {
                parent = top;
            }
            folders.add(Files.createDirectory(parent.resolve(WORDS[random.nextInt(WORDS.length)] + " " + i)));
        }
        for (int i = 0; i < FILES; i++) {
            Path folder = folders.get(random.nextInt(FOLDERS));
            Files.writeString(folder.resolve(WORDS[random.nextInt(WORDS.length)] + "-" + i + ".txt"), "file " + i);
        }
    }

    private static void find(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("find"));
        command.addAll(List.of(arguments));
        int status = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("find ended with " + status);
        }
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
