import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes down how the program is started from this checkout, for `./holdfast`: which java, and a file of arguments
/// for it. So a start costs one JVM and no Maven.
///
/// A program of one file, run by the build with the JDK that the toolchain chose, which is so the JDK that the
/// program runs on. The files get the time at which the build began: `./holdfast` builds again when a source is
/// newer than that.
///
/// Arguments: the folder to write to, the time the build began, the program's own jar, the folder of JavaFX's jars,
/// the class path as Maven sees it, then options for the JVM.
final class WriteLaunch {

    private WriteLaunch() {
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        var begun = FileTime.from(Instant.parse(arguments[1]));
        Path programJar = Path.of(arguments[2]);
        Path screenModules = Path.of(arguments[3]);
        String[] mavenClassPath = arguments[4].split(File.pathSeparator);
        List<String> options = List.of(arguments).subList(5, arguments.length);

        var lines = new ArrayList<>(options);
        lines.add("--module-path " + quoted(screenModules.toString()));
        lines.add("-classpath " + quoted(classPath(programJar, screenModules, mavenClassPath)));

        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("holdfast.aot"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        write(folder.resolve("java"), List.of(java.toString()), begun);
        write(folder.resolve("arguments"), lines, begun);
    }

    /// Maven names the folder of this module's classes; the jar made of them starts faster, since the JVM keeps
    /// loaded classes only of jars. What is on the module path must not be on the class path as well.
    private static String classPath(Path programJar, Path screenModules, String[] mavenClassPath) throws IOException {
        try (Stream<Path> modules = Files.list(screenModules)) {
            var onModulePath = modules.map(jar -> jar.getFileName().toString()).collect(Collectors.toSet());
            var others = Stream.of(mavenClassPath).map(Path::of)
                    .filter(path -> path.toString().endsWith(".jar"))
                    .filter(jar -> !onModulePath.contains(jar.getFileName().toString()))
                    .filter(jar -> !jar.getFileName().toString().startsWith("javafx-"));
            return Stream.concat(Stream.of(programJar), others).map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /// As the JVM reads a file of arguments: within quotes a backslash is an escape.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void write(Path file, List<String> lines, FileTime modified) throws IOException {
        Files.write(file, lines);
        Files.setLastModifiedTime(file, modified);
    }
}
