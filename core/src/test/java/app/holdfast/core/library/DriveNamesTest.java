package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DriveNamesTest {

    @Test
    void aCopyHasTheLowestNumberThatIsFree() {
        assertThat(DriveNames.ofCopy("Backup 2", List.of("Backup 2"))).isEqualTo("Backup 2 (2)");
        assertThat(DriveNames.ofCopy("Backup 2", List.of("Backup 2", "Backup 2 (2)", "Backup 2 (4)")))
                .isEqualTo("Backup 2 (3)");
    }

    @Test
    void aCopyKeepsItsNumberUntilItsLabelIsAnother() {
        assertThat(DriveNames.now("Backup 2 (2)", "Backup 2")).isEqualTo("Backup 2 (2)");
        assertThat(DriveNames.now("Backup 2 (2)", "Backup 3")).isEqualTo("Backup 3");
        assertThat(DriveNames.now("Backup 2 (2)", "Backup")).isEqualTo("Backup");
        assertThat(DriveNames.now("Backup 2 (old)", "Backup 2")).isEqualTo("Backup 2");
        assertThat(DriveNames.now("", "Backup 2")).isEqualTo("Backup 2");
    }
}
