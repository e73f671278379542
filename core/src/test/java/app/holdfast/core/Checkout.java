package app.holdfast.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The repository that this test was built from, without what builds and people leave in it.
final class Checkout {

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".idea", ".vscode");

    private final Path root;

    private Checkout(Path root) {
        this.root = root;
    }

    /// Maven starts the tests in their module's folder.
    static Checkout ofThisBuild() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return new Checkout(folder);
    }

    Path resolve(String path) {
        return root.resolve(path);
    }

    /// Paths from the root, with slashes, in order.
    List<String> files() throws IOException {
        var found = new ArrayList<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = NOT_OURS.contains(folder.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(root.relativize(file).toString().replace('\\', '/'));
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().toList();
    }

    /// All Java, that of the build's own programs included.
    List<SourceFile> sources() throws IOException {
        return files().stream().filter(path -> path.endsWith(".java")).map(path -> new SourceFile(path, read(path)))
                .toList();
    }

    String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
