package app.holdfast.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Puts the simulation itself to the test: every rule is taken out of the engine once, and a seed or a scenario must
/// find that. The bugs are in `plantings.txt`, as texts of the engine's own source.
@Tag("planted")
final class PlantedBugsTest {

    /// Of runs without any bug in so many none is bad, so one is enough.
    private static final int SEEDS_MAX = 400;

    static List<Planting> plantings() {
        String only = System.getProperty("holdfast.planting", "");
        return Planting.all().stream().filter(Planting::isPossible)
                .filter(planting -> only.isEmpty() || planting.name().equals(only)).toList();
    }

    @ParameterizedTest
    @MethodSource("plantings")
    void aRuleThatIsTakenOutIsMissed(Planting planting) throws IOException {
        var engine = new PlantedEngine(planting);

        try (Scratch scratch = Scratch.make()) {
            String found = planting.bySeeds() ? "" : engine.findings(planting.how(), scratch.folder);
            long seed = 0;
            for (; planting.bySeeds() && found.isEmpty() && seed < SEEDS_MAX; seed++) {
                found = engine.findings(seed, scratch.folder);
            }

            System.out.println("planted: " + planting + " found by " + planting.how() + " (" + seed + ") as " + found);
            assertThat(found).as(planting.name()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aScenarioIsHarmlessToTheWholeEngine(String scenario) {
        try (Scratch scratch = Scratch.make()) {
            Run run = Run.directed(scenario, scratch.folder);

            assertThat(run.details()).isEmpty();
        }
    }

    static List<String> scenarios() {
        return Directed.SCENARIOS;
    }

    @Test
    void noPlantingIsForgotten() {
        List<Planting> notYet = Planting.all().stream().filter(planting -> !planting.isPossible()).toList();
        System.out.println("planted: not yet " + notYet);

        assertThat(Planting.all()).extracting(Planting::name).doesNotHaveDuplicates();
    }
}
