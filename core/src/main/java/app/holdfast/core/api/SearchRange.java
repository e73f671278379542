package app.holdfast.core.api;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ranges as they are typed: `3`, `>3`, `>=3`, `<3`, `<=3`, `1..3`, `1..`, `..3`. Pure; any thread.
final class SearchRange {

    /// From the least to the most; where days are meant, to the first moment that is too late.
    record Whole(long least, long most) {}

    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>|=)?(.+)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,6})?)([kmgt]?)(i?)b?");
    private static final Pattern RATING = Pattern.compile("[0-5]");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern DAY = Pattern.compile("([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?");
    private static final int DECIMAL = 1_000;
    private static final int BINARY = 1_024;

    private SearchRange() {
    }

    /// A number with K, M, G or T for thousands, Ki, Mi, Gi or Ti for 1,024s.
    static Optional<Whole> sizes(String typed) {
        return range(typed.toLowerCase(Locale.ROOT), SearchRange::size);
    }

    static Optional<Whole> ratings(String typed) {
        return range(typed, text -> RATING.matcher(text).matches()
                ? Optional.of(new Whole(Long.parseLong(text), Long.parseLong(text))) : Optional.empty());
    }

    /// Numbers from 1 on.
    static Optional<Whole> counts(String typed) {
        return range(typed, text -> COUNT.matcher(text).matches()
                ? Optional.of(new Whole(Long.parseLong(text), Long.parseLong(text))) : Optional.empty());
    }

    /// A year, month or day, as `2024`, `2024-05` or `2024-05-31`; in milliseconds since 1970.
    static Optional<Whole> days(String typed, ZoneId zone) {
        return range(typed, text -> day(text, zone)).map(range ->
                new Whole(range.least, range.most == Long.MAX_VALUE ? range.most : range.most + 1));
    }

    /// @param one what a single value stands for: its first and last number
    private static Optional<Whole> range(String typed, Function<String, Optional<Whole>> one) {
        int dots = typed.indexOf("..");
        if (dots >= 0) {
            String from = typed.substring(0, dots);
            String to = typed.substring(dots + 2);
            Optional<Whole> first = from.isEmpty() ? Optional.of(new Whole(Long.MIN_VALUE, 0)) : one.apply(from);
            Optional<Whole> last = to.isEmpty() ? Optional.of(new Whole(0, Long.MAX_VALUE)) : one.apply(to);
            return from.isEmpty() && to.isEmpty() ? Optional.empty()
                    : first.flatMap(least -> last.map(most -> new Whole(least.least, most.most)));
        }
        Matcher compared = COMPARED.matcher(typed);
        if (!compared.matches()) {
            return Optional.empty();
        }
        String sign = compared.group(1) == null ? "=" : compared.group(1);
        return one.apply(compared.group(2)).map(value -> switch (sign) {
            case "<" -> new Whole(Long.MIN_VALUE, value.least - 1);
            case "<=" -> new Whole(Long.MIN_VALUE, value.most);
            case ">" -> new Whole(value.most + 1, Long.MAX_VALUE);
            case ">=" -> new Whole(value.least, Long.MAX_VALUE);
            default -> value;
        });
    }

    private static Optional<Whole> size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches() || size.group(2).isEmpty() && !size.group(3).isEmpty()) {
            return Optional.empty();
        }
        int power = "kmgt".indexOf(size.group(2)) + (size.group(2).isEmpty() ? 0 : 1);
        BigDecimal unit = BigDecimal.valueOf(size.group(3).isEmpty() ? DECIMAL : BINARY).pow(power);
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(unit);
        long whole = bytes.min(BigDecimal.valueOf(Long.MAX_VALUE / 2)).longValue();
        return Optional.of(new Whole(whole, whole));
    }

    private static Optional<Whole> day(String text, ZoneId zone) {
        Matcher day = DAY.matcher(text);
        if (!day.matches()) {
            return Optional.empty();
        }
        try {
            int year = Integer.parseInt(day.group(1));
            LocalDate first;
            LocalDate next;
            if (day.group(2) == null) {
                first = Year.of(year).atDay(1);
                next = first.plusYears(1);
            } else if (day.group(3) == null) {
                first = YearMonth.of(year, Integer.parseInt(day.group(2))).atDay(1);
                next = first.plusMonths(1);
            } else {
                first = LocalDate.of(year, Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3)));
                next = first.plusDays(1);
            }
            return Optional.of(new Whole(first.atStartOfDay(zone).toInstant().toEpochMilli(),
                    next.atStartOfDay(zone).toInstant().toEpochMilli() - 1));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
