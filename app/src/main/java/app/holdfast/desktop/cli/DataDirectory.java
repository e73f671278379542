package app.holdfast.desktop.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where a person's library lies when nothing else is said: what the platform calls the application-data directory.
final class DataDirectory {

    private DataDirectory() {}

    /// @param environment `HOLDFAST_DATA` overrides everything here
    /// @param system      the property `os.name`
    static Path byDefault(Map<String, String> environment, String system, Path home) {
        String override = environment.getOrDefault("HOLDFAST_DATA", "");
        if (!override.isBlank()) {
            return Path.of(override).toAbsolutePath().normalize();
        }
        String os = system.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return (local.isBlank() ? home.resolve("AppData").resolve("Local") : Path.of(local)).resolve("Holdfast");
        }
        if (os.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("Holdfast");
        }
        String dataHome = environment.getOrDefault("XDG_DATA_HOME", "");
        // the XDG base directory specification has relative paths ignored
        boolean usable = !dataHome.isBlank() && Path.of(dataHome).isAbsolute();
        return (usable ? Path.of(dataHome) : home.resolve(".local").resolve("share")).resolve("holdfast");
    }
}
