package app.holdfast.desktop.fx;

import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;

/// What a person reads: texts, numbers, sizes and times, in their language.
public final class Words {

    /// Decimal steps, as drives are sold: 1 KB is 1,000 bytes.
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};
    private static final Duration RELATIVE = Duration.ofDays(1);

    private final Texts texts;
    private final InstantSource clock;
    private final ZoneId zone;
    private final DateTimeFormatter day;
    private final DateTimeFormatter dayOfYear;
    private final DateTimeFormatter dayAndTime;
    private final DateTimeFormatter second;

    public Words(Texts texts, InstantSource clock, ZoneId zone) {
        this.texts = texts;
        this.clock = clock;
        this.zone = zone;
        day = DateTimeFormatter.ofPattern(texts.get(Text.FORMAT_DAY), texts.locale());
        dayOfYear = DateTimeFormatter.ofPattern(texts.get(Text.FORMAT_DAY_YEAR), texts.locale());
        DateTimeFormatter time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(texts.locale());
        dayAndTime = new DateTimeFormatterBuilder().append(dayOfYear).appendLiteral(", ").append(time)
                .toFormatter(texts.locale());
        second = DateTimeFormatter.ofPattern("HH:mm:ss", texts.locale());
    }

    public Texts texts() {
        return texts;
    }

    public String get(Text text, Object... arguments) {
        return texts.get(text, arguments);
    }

    public String count(long number) {
        return NumberFormat.getIntegerInstance(texts.locale()).format(number);
    }

    /// Three digits at most, such as `284 KB`, `18.4 MB`, `3.81 GB`.
    public String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        NumberFormat format = NumberFormat.getNumberInstance(texts.locale());
        int digits = unit < 2 || value >= 99.95 ? 0 : unit > 2 && value < 9.995 ? 2 : 1;
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value) + "\u00a0" + UNITS[unit];
    }

    /// Such as `14 Jun 2026`: for columns, where all rows are read alike.
    public String date(Instant instant) {
        return dayOfYear.format(instant.atZone(zone));
    }

    public String dateAndTime(Instant instant) {
        return dayAndTime.format(instant.atZone(zone));
    }

    /// Relative under a day, then the day, with the year if it is not this one.
    public String ago(Instant instant) {
        Instant now = clock.instant();
        Duration age = Duration.between(instant, now);
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            return texts.get(Text.AGO_NOW);
        }
        if (age.compareTo(Duration.ofHours(1)) < 0) {
            return texts.get(Text.AGO_MINUTES, age.toMinutes());
        }
        if (age.compareTo(RELATIVE) < 0) {
            return texts.get(Text.AGO_HOURS, age.toHours());
        }
        ZonedDateTime then = instant.atZone(zone);
        return (then.getYear() == now.atZone(zone).getYear() ? day : dayOfYear).format(then);
    }

    /// The time to the second under a day, then the day: for lists of what happened.
    public String moment(Instant instant) {
        boolean recent = Duration.between(instant, clock.instant()).compareTo(RELATIVE) < 0;
        return (recent ? second : day).format(instant.atZone(zone));
    }

    /// What is left until then, as minutes and seconds; `0:00` when it is past.
    public String timeLeft(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.isNegative() ? "0:00" : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    }

    public ZoneId zone() {
        return zone;
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean isPast(Instant instant) {
        return instant.isBefore(clock.instant());
    }
}
