package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The two files of a library with nothing in them, made once by the real migrations. Their pages are small, so that a
/// copy is cheap; nothing else depends on that.
public final class MemoryImages {

    private static final MemoryImages ONCE = new MemoryImages();

    private final byte[] catalogue;
    private final byte[] log;

    private MemoryImages() {
        try {
            Path data = Files.createTempDirectory("holdfast-images");
            LibraryFiles.open(data).close();
            catalogue = shrink(data.resolve("database.db"));
            log = shrink(data.resolve("sync.db"));
            try (var files = Files.list(data)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CoreException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] shrink(Path file) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = delete");
            statement.execute("pragma page_size = 1024");
            statement.execute("vacuum");
        }
        return Files.readAllBytes(file);
    }

    public static byte[] catalogue() {
        return ONCE.catalogue;
    }

    public static byte[] log() {
        return ONCE.log;
    }
}
