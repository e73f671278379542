package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where a library lies when nobody says.
final class DataDirectoryTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void everySystemHasItsOwnPlace() {
        assertThat(DataDirectory.byDefault(Map.of(), "Linux", HOME))
                .isEqualTo(Path.of("/home/ada/.local/share/holdfast"));
        assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "/data"), "Linux", HOME))
                .isEqualTo(Path.of("/data/holdfast"));
        assertThat(DataDirectory.byDefault(Map.of(), "Mac OS X", HOME))
                .isEqualTo(Path.of("/home/ada/Library/Application Support/Holdfast"));
        assertThat(DataDirectory.byDefault(Map.of("LOCALAPPDATA", "/local"), "Windows 11", HOME))
                .isEqualTo(Path.of("/local/Holdfast"));
    }

    @Test
    void theVariableOverridesThem() {
        assertThat(DataDirectory.byDefault(Map.of("HOLDFAST_DATA", "/mine/../ours"), "Linux", HOME))
                .isEqualTo(Path.of("/ours"));
    }

    @Test
    void aRelativeXdgDirectoryIsIgnored() {
        assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "data"), "Linux", HOME))
                .isEqualTo(Path.of("/home/ada/.local/share/holdfast"));
    }
}
