package app.holdfast.desktop.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A temporary folder that does not outlive the process, unless it is killed outright.
final class DemoFolder implements AutoCloseable {

    /// Whoever still writes into the folder while it is emptied is given up on after so many rounds.
    private static final int ROUNDS_MAX = 5;

    private static final Logger log = LoggerFactory.getLogger(DemoFolder.class);

    private final Path path;

    private DemoFolder(Path path) {
        this.path = path;
    }

    /// @param threads makes the thread that empties the folder when the process is told to end
    static DemoFolder make(ThreadFactory threads) throws IOException {
        var folder = new DemoFolder(Files.createTempDirectory("holdfast-demo-"));
        Runtime.getRuntime().addShutdownHook(threads.newThread(folder::close));
        return folder;
    }

    Path path() {
        return path;
    }

    /// May be called twice.
    @Override
    public void close() {
        for (int round = 1; Files.exists(path); round++) {
            try {
                Files.walkFileTree(path, new Emptying());
            } catch (IOException e) {
                if (round == ROUNDS_MAX) {
                    log.warn("the folder {} of the demonstration could not be removed: {}", path, e.getMessage());
                    return;
                }
            }
        }
    }

    private static final class Emptying extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
