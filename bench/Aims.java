import java.util.Locale;

/// Prints a measured figure beside its aim as a line of the table that `bench/run` collects.
final class Aims {

    private Aims() {
    }

    /// @param reference what it was measured against, in words; empty for an absolute aim
    static void atMost(String figure, double measured, double aim, String unit, String reference) {
        row(figure, measured, "at most", aim, unit, reference, measured <= aim);
    }

    static void atLeast(String figure, double measured, double aim, String unit, String reference) {
        row(figure, measured, "at least", aim, unit, reference, measured >= aim);
    }

    private static void row(String figure, double measured, String word, double aim, String unit, String reference,
            boolean reached) {
        System.out.printf(Locale.ROOT, "| %s | %s %s | %s %s %s | %s | %s |%n", figure, number(measured), unit, word,
                number(aim), unit, reference, reached ? "reached" : "NOT reached");
    }

    private static String number(double value) {
        return value == Math.rint(value) || value >= 100 ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
