import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Starts the program of an application image once, so that the JVM writes down which classes it loaded and linked
/// (AOT cache, JEP 514), and has the launcher take that from now on. A window then opens in about half the time.
///
/// The training makes a library and shows its window without a display, in JavaFX's own headless platform, for a
/// few seconds. The cache belongs to this image: it is made on each system.
///
/// Arguments: the application image, an empty folder to work in.
final class TrainOnce {

    private static final long COMMAND_SECONDS_MAX = 120;
    /// How long the window stays open: all its classes are loaded by then, on a slow machine too.
    private static final long WINDOW_SECONDS = 15;
    private static final List<String> LAUNCHERS = List.of("bin/holdfast", "holdfast.exe", "Contents/MacOS/holdfast");

    private TrainOnce() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path image = Path.of(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        Path launcher = LAUNCHERS.stream().map(image::resolve).filter(Files::exists).findFirst().orElseThrow();
        Path settings = find(image, "holdfast.cfg");
        Path cache = settings.resolveSibling("holdfast.aot");
        String data = folder.resolve("data").toString();

        var log = Redirect.appendTo(folder.resolve("output.txt").toFile());

        run(log, COMMAND_SECONDS_MAX, "", launcher.toString(), "--data", data, "--json", "init", "--name", "training");
        run(log, WINDOW_SECONDS, "-XX:AOTCacheOutput=" + cache + " -Dglass.platform=Headless -Dprism.order=sw",
                launcher.toString(), "--data", data);
        if (!Files.exists(cache)) {
            throw new IOException("the training left no " + cache);
        }
        // the last section of the file holds the options for the JVM
        Files.writeString(settings, "java-options=-XX:AOTCache=$APPDIR/holdfast.aot" + System.lineSeparator(),
                StandardOpenOption.APPEND);
        System.out.printf("%s: %d MB%n", cache, Files.size(cache) >> 20);
    }

    private static Path find(Path image, String name) throws IOException {
        try (Stream<Path> files = Files.walk(image)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    /// @param log     takes what is said: JavaFX complains when it is asked to end while it draws
    /// @param seconds after that the program is asked to end, which is how a window's training ends
    /// @param options for the JVM; may be empty
    private static void run(Redirect log, long seconds, String options, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        if (!options.isEmpty()) {
            builder.environment().put("JAVA_TOOL_OPTIONS", options);
        }
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroy();
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("does not end: " + String.join(" ", command));
            }
        } else if (process.exitValue() != 0) {
            throw new IOException("ended with " + process.exitValue() + ": " + String.join(" ", command));
        }
    }
}
