import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.model.Value;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Writes many records with one command, against one command for each of them, awaited before the next: what a program
/// gains that says in one line what it wants of many. Run by `bench/batch`.
public final class BatchBench {

    private static final int MANY = Integer.getInteger("many", 100_000);
    private static final int SINGLE = Integer.getInteger("single", 1_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final String MODEL = "collection";

    private BatchBench() {
    }

    /// @param arguments an empty folder to work in
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]).resolve("data");
        Holdfast.initialise(data, "bench");
        double[] single = new double[ROUNDS];
        double[] batch = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        try (Holdfast holdfast = Holdfast.open(data)) {
            for (int round = -1; round < ROUNDS; round++) { // the first warms up
                double one = single(holdfast) / SINGLE;
                double ofMany = batch(holdfast) / MANY;
                if (round >= 0) {
                    single[round] = one;
                    batch[round] = ofMany;
                    ratios[round] = one / ofMany;
                }
            }
        }
        System.out.printf(Locale.ROOT, "%,d records by one command: %.1f us for each; reference: %,d by a command "
                + "each, awaited: %.1f us for each (medians of %d)%n", MANY, median(batch) * 1e6, SINGLE,
                median(single) * 1e6, ROUNDS);
        Aims.atLeast("records by one command", median(ratios), 100, "times as quick", "single commits, each awaited");
    }

    private static double single(Holdfast holdfast) {
        long began = System.nanoTime();
        for (int i = 0; i < SINGLE; i++) {
            holdfast.library().submit(new Command.PutRecord(MODEL, holdfast.newId(), fields(i)))
                    .toCompletableFuture().join();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static double batch(Holdfast holdfast) {
        Map<UUID, Map<String, Value>> records = new LinkedHashMap<>();
        for (int i = 0; i < MANY; i++) {
            records.put(holdfast.newId(), fields(i));
        }
        long began = System.nanoTime();
        holdfast.library().submit(new Command.PutRecords(MODEL, records)).toCompletableFuture().join();
        return (System.nanoTime() - began) / 1e9;
    }

    private static Map<String, Value> fields(int number) {
        return Map.of("name", new Value.Text("Collection " + number));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
