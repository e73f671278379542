import java.util.Locale;

/// Prints a measured figure beside its aim as a line of the table that `bench/run` collects.
final class Aims {

    private Aims() {
    }

    /// What is to be reached.
    ///
    /// @param atMost whether less is better
    private record Aim(boolean atMost, double value) {

        private boolean isReached(double measured) {
            return atMost ? measured <= value : measured >= value;
        }

        private String word() {
            return atMost ? "at most" : "at least";
        }
    }

    /// @param reference what it was measured against, in words; empty for an absolute aim
    static void atMost(String figure, double measured, double aim, String unit, String reference) {
        row(figure, measured, new Aim(true, aim), unit, reference);
    }

    static void atLeast(String figure, double measured, double aim, String unit, String reference) {
        row(figure, measured, new Aim(false, aim), unit, reference);
    }

    private static void row(String figure, double measured, Aim aim, String unit, String reference) {
        System.out.printf(Locale.ROOT, "| %s | %s %s | %s %s %s | %s | %s |%n", figure, number(measured), unit,
                aim.word(), number(aim.value), unit, reference, aim.isReached(measured) ? "reached" : "NOT reached");
    }

    private static String number(double value) {
        return value == Math.rint(value) || value >= 100 ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
