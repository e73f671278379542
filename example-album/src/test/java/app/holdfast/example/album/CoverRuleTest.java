package app.holdfast.example.album;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.MergeRule;
import app.holdfast.core.change.MergeRule.Version;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CoverRuleTest {

    private static final long SEED = Long.getLong("seed", 20261125);
    private static final MergeRule RULE = AlbumExtension.CHOSEN_COVER_WINS;

    private static Version version(Value value, long millis) {
        return new Version(value, new Stamp(new Hlc(millis, 0, new Author(new UUID(1, 1))), 1));
    }

    @Test
    void aChosenCoverBeatsOneThatWasTakenAwayLater() {
        Version chosen = version(new Value.Ref(new UUID(1, 1)), 1);
        Version gone = version(Value.NOTHING, 2);

        assertThat(RULE.join(chosen, gone)).isEqualTo(chosen);
    }

    @Test
    void ofTwoChosenCoversTheLaterWins() {
        Version earlier = version(new Value.Ref(new UUID(1, 1)), 1);
        Version later = version(new Value.Ref(new UUID(2, 2)), 2);

        assertThat(RULE.join(later, earlier)).isEqualTo(later);
    }

    /// Whatever comes first, however versions are grouped, and when one comes twice; values that no album has and
    /// equal stamps included.
    @Test
    void theRuleIsAJoin() {
        System.out.println("CoverRuleTest seed " + SEED);
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 50_000; i++) {
            Version a = random(random);
            Version b = random(random);
            Version c = random(random);

            assertThat(RULE.join(a, b)).isEqualTo(RULE.join(b, a));
            assertThat(RULE.join(a, RULE.join(b, c))).isEqualTo(RULE.join(RULE.join(a, b), c));
            assertThat(RULE.join(a, a)).isEqualTo(a);
            assertThat(RULE.join(a, b)).isIn(a, b);
        }
    }

    private static Version random(SplittableRandom random) {
        List<Value> values = List.of(Value.NOTHING, new Value.Ref(new UUID(0, random.nextInt(4))),
                new Value.Text("x"), new Value.Whole(random.nextInt(3)), new Value.Tuple(List.of()));
        return version(values.get(random.nextInt(values.size())), random.nextInt(4));
    }
}
