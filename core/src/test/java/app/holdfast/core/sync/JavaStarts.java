package app.holdfast.core.sync;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// The command that starts a test's program in a JVM of its own, hundreds of times: its classes are kept as the JVM
/// loaded and linked them once, which it does for jars only, and not for signed ones.
public final class JavaStarts {

    private JavaStarts() {
    }

    /// @param folder  where jars and the kept classes go
    /// @param trained what the program is given the first time
    /// @return the command but for the program's arguments
    public static List<String> prepare(Path folder, Class<?> program, String... trained) throws Exception {
        var jars = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                path = pack(path, folder.resolve("classes" + jars.size() + ".jar"));
            } else if (isSigned(path)) {
                path = unsigned(path, folder.resolve("unsigned" + jars.size() + ".jar"));
            }
            jars.add(path.toString());
        }
        var command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dholdfast.opened=500",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null", "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true", "-cp", String.join(File.pathSeparator, jars));
        Path kept = folder.resolve("classes.aot");
        start(command, "-XX:AOTCacheOutput=" + kept, program, trained);
        var prepared = new ArrayList<>(command);
        if (Files.exists(kept)) {
            prepared.add("-XX:AOTCache=" + kept);
        }
        prepared.add(program.getName());
        return prepared;
    }

    private static void start(List<String> command, String option, Class<?> program, String... trained)
            throws Exception {
        var all = new ArrayList<>(command);
        all.addAll(List.of(option, program.getName()));
        all.addAll(List.of(trained));
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor();
    }

    private static boolean isSigned(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(JavaStarts::isSignature);
        }
    }

    private static boolean isSignature(ZipEntry entry) {
        return entry.getName().startsWith("META-INF/") && entry.getName().endsWith(".SF");
    }

    private static Path unsigned(Path jar, Path copy) throws IOException {
        try (var zip = new ZipFile(jar.toFile()); OutputStream out = Files.newOutputStream(copy);
                var unsigned = new ZipOutputStream(out)) {
            unsigned.setLevel(Deflater.BEST_SPEED);
            for (ZipEntry entry : zip.stream().filter(one -> !isSignature(one)).toList()) {
                unsigned.putNextEntry(new ZipEntry(entry.getName()));
                zip.getInputStream(entry).transferTo(unsigned);
            }
        }
        return copy;
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar); var zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, zip);
            }
        }
        return jar;
    }
}
