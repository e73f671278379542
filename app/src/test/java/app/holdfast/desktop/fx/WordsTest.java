package app.holdfast.desktop.fx;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.ui.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Words english = words(Locale.ENGLISH);
    private final Words german = words(Locale.GERMANY);

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1 KB", "284000, 284 KB", "999499, 999 KB", "999500, 1.0 MB",
        "18400000, 18.4 MB", "212000000, 212 MB", "3810000000, 3.81 GB", "28600000000, 28.6 GB",
        "9223372036854775807, 9.22 EB"})
    void sizesHaveThreeDigitsAtMost(long bytes, String shown) {
        assertThat(english.size(bytes)).isEqualTo(shown.replace(' ', '\u00a0'));
    }

    @Test
    void germanWritesAComma() {
        assertThat(german.size(18_400_000)).isEqualTo("18,4\u00a0MB");
        assertThat(german.count(1_024_318)).isEqualTo("1.024.318");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T11:59:30Z, just now", "2026-11-21T11:48:00Z, 12 min ago", "2026-11-21T07:00:00Z, 5 h ago",
        "2026-11-03T18:42:00Z, 3 Nov", "2025-11-03T18:42:00Z, 3 Nov 2025", "2026-11-21T13:00:00Z, just now"})
    void timesAreRelativeUnderADay(Instant then, String shown) {
        assertThat(english.ago(then)).isEqualTo(shown);
    }

    @Test
    void germanDaysHaveADot() {
        assertThat(german.date(Instant.parse("2026-11-03T18:42:00Z"))).isEqualTo("3. Nov. 2026");
    }

    @Test
    void timeLeftCountsDownToZero() {
        assertThat(english.timeLeft(NOW.plusSeconds(581))).isEqualTo("9:41");
        assertThat(english.timeLeft(NOW.minusSeconds(1))).isEqualTo("0:00");
    }

    private static Words words(Locale locale) {
        return new Words(Texts.of(locale), InstantSource.fixed(NOW), ZoneOffset.UTC);
    }
}
