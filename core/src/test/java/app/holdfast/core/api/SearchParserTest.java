package app.holdfast.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.holdfast.core.api.BadQuery.Reason;
import app.holdfast.core.api.SearchQuery.Kind;
import app.holdfast.core.api.SearchQuery.State;
import app.holdfast.core.api.SearchQuery.Term;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchParserTest {

    private static final long SEED = Long.getLong("seed", 20261127);

    private static List<SearchQuery.Test> tests(String typed) throws BadQuery {
        return SearchParser.parse(typed, ZoneOffset.UTC).terms().stream().map(Term::test).toList();
    }

    @Test
    void theQueryOfTheManualIsUnderstood() throws BadQuery {
        assertThat(tests("beach tag:trips size:>10M kind:image rating:>=3 on:backup2")).containsExactly(
                new SearchQuery.Test.Name("beach"), new SearchQuery.Test.Tagged(List.of("trips")),
                new SearchQuery.Test.Size(10_000_001, Long.MAX_VALUE), new SearchQuery.Test.OfKind(Kind.IMAGE),
                new SearchQuery.Test.Rating(3, 5), new SearchQuery.Test.OnVolume("backup2"));
    }

    @Test
    void signsStandForThemselves() throws BadQuery {
        assertThat(tests("100% a_b 'x' * (or) AND \"draft: one\" 😀")).extracting(test ->
                ((SearchQuery.Test.Name) test).part()).containsExactly("100%", "a_b", "'x'", "*", "(or)", "AND",
                "draft: one", "😀");
    }

    @Test
    void aMinusIsForNotAndAloneANameOfOneLetter() throws BadQuery {
        SearchQuery query = SearchParser.parse("-draft -is:offline - -\"a b\"", ZoneOffset.UTC);

        assertThat(query.terms()).containsExactly(new Term(false, new SearchQuery.Test.Name("draft")),
                new Term(false, new SearchQuery.Test.Is(State.OFFLINE)), new Term(true, new SearchQuery.Test.Name("-")),
                new Term(false, new SearchQuery.Test.Name("a b")));
    }

    @Test
    void slashesSeparateFolders() throws BadQuery {
        assertThat(tests("2024/iceland /top tag:work/clients")).containsExactly(
                new SearchQuery.Test.Path(List.of("2024", "iceland")), new SearchQuery.Test.Name("top"),
                new SearchQuery.Test.Tagged(List.of("work", "clients")));
    }

    @ParameterizedTest
    @CsvSource({"5,5,5", "1K,1000,1000", "1.5Ki,1536,1536", "1M..2M,1000000,2000000", "<=3B,,3", ">=0,0,",
        "2G..,2000000000,"})
    void sizesAreNumbersWithUnits(String typed, Long least, Long most) throws BadQuery {
        assertThat(tests("size:" + typed)).containsExactly(new SearchQuery.Test.Size(
                least == null ? Long.MIN_VALUE : least, most == null ? Long.MAX_VALUE : most));
    }

    @Test
    void daysAreThoseOfTheTimeZone() throws BadQuery {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        SearchQuery query = SearchParser.parse("date:2024-03..2024-04-01", berlin);

        assertThat(query.terms().getFirst().test()).isEqualTo(new SearchQuery.Test.Changed(
                Instant.parse("2024-02-29T23:00:00Z").toEpochMilli(),
                Instant.parse("2024-04-01T22:00:00Z").toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a colour:red|UNKNOWN_KEY|2", "size:many|VALUE|5", "x kind:cat|VALUE|7",
        "rating:6|VALUE|7", "date:2024-13|VALUE|5", "a \"b|OPEN_QUOTE|2", "tag:|NOTHING|4", "a -\"\"|NOTHING|2",
        "tag:/|VALUE|4", "size:1..2..3|VALUE|5", "size:..|VALUE|5"})
    void whatIsWrongIsPointedAt(String typed, Reason reason, int offset) {
        BadQuery failure = catchThrowableOfType(BadQuery.class, () -> tests(typed));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.offset()).isEqualTo(offset);
    }

    @Test
    void whatIsTooLongIsRefused() throws BadQuery {
        assertThat(tests("a".repeat(SearchParser.CHARACTERS_MAX))).hasSize(1);
        String longer = "a".repeat(SearchParser.CHARACTERS_MAX + 1);
        assertThat(catchThrowableOfType(BadQuery.class, () -> tests(longer)).reason()).isEqualTo(Reason.LONG);
        assertThat(catchThrowableOfType(BadQuery.class, () -> tests("a ".repeat(51))).reason()).isEqualTo(Reason.LONG);
        assertThat(catchThrowableOfType(BadQuery.class, () -> tests("a/".repeat(17))).reason()).isEqualTo(Reason.LONG);
        assertThat(catchThrowableOfType(BadQuery.class, () -> tests("a/b a ".repeat(17))).reason())
                .isEqualTo(Reason.LONG);
        assertThat(catchThrowableOfType(BadQuery.class, () -> tests("x tag:" + "a/".repeat(4_000))).offset())
                .isEqualTo(2);
    }

    @Test
    void anyTextIsAQueryOrPointsIntoItself() {
        System.out.println("SearchParserTest seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        String[] parts = {"a", ":", "\"", "-", "/", " ", "size", "date", "tag", "kind", "..", ">", "<=", "1",
            "9999999999", "-12-40", "é", "\ud800", "日本", "\n", "is", "rating", "%"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder typed = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                typed.append(parts[random.nextInt(parts.length)]);
            }
            try {
                assertThat(SearchParser.parse(typed.toString(), ZoneOffset.UTC).terms()).isNotNull();
            } catch (BadQuery e) {
                assertThat(e.offset()).as(typed.toString()).isBetween(0, typed.length());
            }
        }
    }
}
