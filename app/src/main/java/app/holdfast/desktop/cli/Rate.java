package app.holdfast.desktop.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bytes per second as people type them: `off`, `500000`, `500K`, `2M`, `1.5G`.
final class Rate {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:[.]\\d{1,3})?)([KMG]?)B?");
    private static final int KILO = 1_000;

    private Rate() {}

    /// @return empty for `off`
    static Optional<Long> parse(String typed) throws CliException {
        String word = typed.toUpperCase(Locale.ROOT);
        if (word.equals("OFF")) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(word);
        if (!form.matches()) {
            throw new CliException("usage", "'%s' is no rate; say off, or bytes a second such as 500K or 2M"
                    .formatted(typed));
        }
        double bytes = Double.parseDouble(form.group(1));
        for (int steps = "KMG".indexOf(form.group(2)) + (form.group(2).isEmpty() ? 0 : 1); steps > 0; steps--) {
            bytes *= KILO;
        }
        return Optional.of(Math.round(bytes));
    }
}
