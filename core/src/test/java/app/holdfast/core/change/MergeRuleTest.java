package app.holdfast.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.MergeRule.Version;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MergeRuleTest {

    private static final long SEED = Long.getLong("seed", 20261125);

    @Test
    void theRulesOfCoreAreJoins() {
        isJoin(MergeRule.LATEST);
        isJoin(ModelRegistry.CORE.model(Models.CLAIM).rule(Models.CLAIM_FIELD));
    }

    @Test
    void anOrderMakesAJoinEvenWhenItTellsLittleApart() {
        isJoin(MergeRule.greatest(Comparator.comparing(version -> version.value().getClass().getName())));
    }

    private static void isJoin(MergeRule rule) {
        System.out.println("MergeRuleTest seed " + SEED);
        var random = new SplittableRandom(SEED);
        var changes = new RandomChanges(random);
        Stamp[] few = {changes.stamp(), changes.stamp(), changes.stamp()};
        for (int i = 0; i < 20_000; i++) {
            Version a = new Version(changes.value(), few[random.nextInt(few.length)]);
            Version b = new Version(changes.value(), few[random.nextInt(few.length)]);
            Version c = new Version(changes.value(), few[random.nextInt(few.length)]);

            assertThat(rule.join(a, b)).isEqualTo(rule.join(b, a));
            assertThat(rule.join(a, rule.join(b, c))).isEqualTo(rule.join(rule.join(a, b), c));
            assertThat(rule.join(a, a)).isEqualTo(a);
        }
    }
}
