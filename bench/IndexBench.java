import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.model.LocationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Measures the index through the front door: from the command to the commit of the last row, each time into a new
/// library on disk. Interleaved with `find -printf`, which reads the same facts and keeps nothing, and with plocate's
/// `updatedb`, which keeps the names. Run by `bench/index`.
public final class IndexBench {

    private static final int FILES = Integer.getInteger("files", 200_000);
    private static final int FOLDERS = Integer.getInteger("folders", 30_000);
    private static final int BYTES = Integer.getInteger("bytes", 0);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private IndexBench() {
    }

    /// @param arguments an empty folder to work in, where the tree stays
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]).toRealPath();
        Path tree = work.resolve("tree");
        Trees.make(tree, FILES, FOLDERS, BYTES);
        boolean hasUpdatedb = Files.isExecutable(Path.of("/usr/sbin/updatedb.plocate"));
        find(tree); // warms the page cache

        double[] find = new double[ROUNDS];
        double[] updatedb = new double[ROUNDS];
        double[] first = new double[ROUNDS];
        double[] again = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            find[round] = find(tree);
            updatedb[round] = hasUpdatedb ? updatedb(tree, work) : Double.NaN;
            Path data = work.resolve("data" + round);
            Holdfast.initialise(data, "bench");
            try (Holdfast holdfast = Holdfast.open(data)) {
                LocationId location = new LocationId(holdfast.newId());
                first[round] = Scans.run(holdfast, location, new Command.AddLocation(location, tree, Optional.empty()),
                        FILES + FOLDERS);
                again[round] = Scans.run(holdfast, location, new Command.RescanLocation(location), FILES + FOLDERS);
            }
        }

        String files = String.format(Locale.ROOT, "%,d files", FILES);
        System.out.printf(Locale.ROOT, "find -printf of %s in %,d folders: %.2f s (median of %d)%n", files, FOLDERS,
                median(find), ROUNDS);
        report("updatedb", updatedb, find);
        report("first index", first, find);
        report("index again, nothing changed", again, find);
        System.out.printf(Locale.ROOT, "memory of all that at its peak: %,d MiB%n", peakKibibytes() / 1024);
        System.out.printf(Locale.ROOT, "seconds=%.3f%n", median(first)); // for the script
        if (hasUpdatedb) {
            Aims.atMost("first index of " + files, median(first) / median(updatedb), 2, "times", "updatedb");
        }
        Aims.atMost("index again of " + files + ", unchanged", median(again) / median(find), 1, "times",
                "find -printf");
    }

    private static void report(String what, double[] seconds, double[] find) {
        System.out.printf(Locale.ROOT, "%s: %.2f s, %.2f times find (rounds %s)%n", what, median(seconds),
                median(seconds) / median(find), Arrays.stream(seconds).mapToObj("%.2f"::formatted).toList());
    }

    /// VmHWM of proc_pid_status(5): the program's, and the little that this adds.
    private static long peakKibibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0);
    }

    private static double find(Path tree) throws IOException, InterruptedException {
        return run(List.of("find", tree.toString(), "-printf", "%p %s %T@ %i\n"));
    }

    /// Without what is kept of an earlier run.
    private static double updatedb(Path tree, Path work) throws IOException, InterruptedException {
        Path names = work.resolve("plocate.db");
        Files.deleteIfExists(names);
        List<String> command = new ArrayList<>(List.of("/usr/sbin/updatedb.plocate", "-l", "0", "-U", tree.toString()));
        command.addAll(List.of("-o", names.toString(), "--prunepaths", "", "--prunefs", "", "--prunenames", ""));
        return run(command);
    }

    private static double run(List<String> command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int status = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
