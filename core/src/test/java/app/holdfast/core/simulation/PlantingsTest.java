package app.holdfast.core.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever changes a line of the engine that `plantings.txt` quotes learns it from the ordinary build, and not first
/// where the bugs are planted ([PlantedBugsTest]).
class PlantingsTest {

    static List<Planting> plantings() {
        return Planting.all();
    }

    @ParameterizedTest
    @MethodSource("plantings")
    void whatItReplacesIsInTheEngineExactlyOnce(Planting planting) {
        for (String file : planting.files()) {
            assertThatCode(() -> planting.plantedIn(file, Files.readString(PlantedEngine.SOURCES.resolve(file))))
                    .doesNotThrowAnyException();
        }
    }
}
