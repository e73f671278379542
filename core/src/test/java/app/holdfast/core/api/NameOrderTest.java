package app.holdfast.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameOrderTest {

    private static final long SEED = Long.getLong("seed", 20261127);

    private static List<String> sorted(List<String> wanted) {
        List<String> names = new ArrayList<>(wanted);
        Collections.shuffle(names, new Random(SEED));
        names.sort(NameOrder.NAMES);
        return names;
    }

    @Test
    void marksAndCaseDoNotPartLettersThatPeopleTakeForOne() {
        List<String> wanted = List.of("Apfel", "ärger", "Ast", "Öl", "Olymp", "straße", "Straßen", "strauss", "Zebra");

        assertThat(sorted(wanted)).isEqualTo(wanted);
    }

    @Test
    void numbersCountAsNumbersHoweverLong() {
        List<String> wanted = List.of("IMG_2.jpg", "IMG_09.jpg", "IMG_10.jpg", "img_99.jpg", "IMG_100 (2).jpg",
                "IMG_100 (10).jpg", "IMG_100.jpg", "IMG_12345678901234567890.jpg", "IMG_a.jpg");

        assertThat(sorted(wanted)).isEqualTo(wanted);
    }

    @Test
    void aNameComposedOrApartStandsInOnePlace() {
        String composed = "\u00c4rger";
        String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);

        assertThat(NameOrder.key(apart)).isEqualTo(NameOrder.key(composed)).isEqualTo("arger");
        assertThat(NameOrder.NAMES.compare(apart, composed)).isNotZero();
    }

    @Test
    void aMarkThatMakesALetterOfItsOwnIsKept() {
        List<String> wanted = List.of("игра", "ил", "йод", "кот");

        assertThat(sorted(wanted)).isEqualTo(wanted);
        assertThat(NameOrder.key("कु")).isNotEqualTo(NameOrder.key("क"));
    }
}
