package app.holdfast.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Puts the tests themselves to the test: every rule is taken out of the engine once, and that must be found. The bugs
/// are in `plantings.txt`, as texts of the engine's own source; that nothing is found in the whole engine is what
/// [DirectedTest], [FleetSimulationTest] and the tests named there are for.
///
/// `-Dholdfast.planting=NAME` plants it alone; several with commas between.
@Tag("planted")
final class PlantedBugsTest {

    private static final int SEEDS_MAX = 300;
    /// All counterexamples of the algorithm's section 7 but those by argument only, and what is an error of others.
    private static final int PLANTINGS_MIN = 42;

    static List<Planting> plantings() {
        String only = System.getProperty("holdfast.planting", "");
        List<String> names = List.of(only.split(","));
        return Planting.all().stream().filter(planting -> only.isEmpty() || names.contains(planting.name())).toList();
    }

    @ParameterizedTest
    @MethodSource("plantings")
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // some bugs have devices talk for ever
    void aRuleThatIsTakenOutIsMissed(Planting planting) throws IOException {
        long begun = System.nanoTime();
        var engine = new PlantedEngine(planting);

        try (Scratch scratch = Scratch.make()) {
            String found = planting.bySeeds() ? bySeeds(engine, scratch.folder)
                    : planting.byTest() ? engine.complaint(planting.how(), scratch.folder)
                    : engine.findings(planting.how(), scratch.folder);

            System.out.printf("planted: %s, %d ms, found by %s as %s%n", planting,
                    (System.nanoTime() - begun) / 1_000_000, planting.how(), found);
            assertThat(found).as(planting.name()).isNotEmpty().doesNotContain("SCENE", "BUG");
        }
    }

    private static String bySeeds(PlantedEngine engine, Path scratch) {
        String found = "";
        for (long seed = 0; found.isEmpty() && seed < SEEDS_MAX; seed++) {
            found = engine.findings(seed, scratch);
        }
        return found;
    }

    @Test
    void noPlantingIsForgotten() {
        assertThat(Planting.all()).hasSizeGreaterThanOrEqualTo(PLANTINGS_MIN);
        assertThat(Planting.all()).extracting(Planting::name).doesNotHaveDuplicates();
        assertThat(Planting.all()).allSatisfy(planting -> assertThat(planting.edits()).isNotEmpty());
    }
}
