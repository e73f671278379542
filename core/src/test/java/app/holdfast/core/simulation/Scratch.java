package app.holdfast.core.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder for what devices note outside their libraries; in memory where the system has such a place, for a run makes
/// and renames dozens of small files.
final class Scratch implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    static Scratch make() {
        try {
            return new Scratch(Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "holdfast-simulation")
                    : Files.createTempDirectory("holdfast-simulation"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes it, and the notes in it.
    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
