package app.holdfast.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenarios of [Directed], on the engine as it is. [PlantedBugsTest] shows that each can fail.
final class DirectedTest {

    static List<String> scenarios() {
        return Directed.SCENARIOS;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void devicesAgreeWhateverHappened(String scenario) {
        try (Scratch scratch = Scratch.make()) {
            Run run = Run.directed(scenario, scratch.folder);

            assertThat(run.details()).as(() -> String.join("\n", run.trace())).isEmpty();
        }
    }
}
