package app.holdfast.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextsTest {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");

    @ParameterizedTest
    @ValueSource(strings = {"texts.properties", "texts_de.properties"})
    void everyBundleHoldsEveryTextAndNoOther(String bundle) throws IOException {
        Set<String> keys = new TreeSet<>(Arrays.stream(Text.values()).map(Text::key).toList());

        Set<String> held = new TreeSet<>(read(bundle).stringPropertyNames());

        assertThat(held).isEqualTo(keys);
    }

    @ParameterizedTest
    @EnumSource(Text.class)
    void bothLanguagesTakeTheSameArguments(Text text) {
        String english = Texts.of(Locale.ENGLISH).get(text);
        String german = Texts.of(Locale.GERMAN).get(text);

        assertThat(arguments(german)).isEqualTo(arguments(english));
    }

    @ParameterizedTest
    @EnumSource(Text.class)
    void everyTextIsAPatternThatCanBeFilledIn(Text text) {
        Object[] numbers = {2, 2, 2, 2};

        String english = new MessageFormat(Texts.of(Locale.ENGLISH).get(text), Locale.ENGLISH).format(numbers);
        String german = new MessageFormat(Texts.of(Locale.GERMAN).get(text), Locale.GERMAN).format(numbers);

        assertThat(english).isNotBlank().doesNotContain("{");
        assertThat(german).isNotBlank().doesNotContain("{");
    }

    @ParameterizedTest
    @EnumSource(Text.class)
    void noTextShoutsOrBegs(Text text) {
        String english = Texts.of(Locale.ENGLISH).get(text);

        assertThat(english).doesNotContain("!").doesNotContainIgnoringCase("oops")
                .doesNotContainIgnoringCase("successfully").doesNotContain("'");
    }

    @Test
    void numbersAreWrittenAsTheLanguageDoes() {
        Texts german = Texts.of(Locale.GERMANY);

        String count = german.get(Text.STATUS_COUNTS, 1_024_318, 5);

        assertThat(count).isEqualTo("1.024.318 Einträge in 5 Orten");
    }

    @Test
    void oneIsNotMany() {
        Texts english = Texts.of(Locale.ENGLISH);

        assertThat(english.get(Text.BROWSER_ITEMS, 0)).isEqualTo("No items");
        assertThat(english.get(Text.BROWSER_ITEMS, 1)).isEqualTo("1 item");
        assertThat(english.get(Text.BROWSER_ITEMS, 4_812)).isEqualTo("4,812 items");
    }

    @Test
    void aLanguageWithoutABundleSpeaksEnglish() {
        Texts french = Texts.of(Locale.FRANCE);

        assertThat(french.get(Text.DIALOG_CANCEL)).isEqualTo("Cancel");
    }

    private static Set<String> arguments(String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(pattern);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Properties read(String bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream(bundle), bundle), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
