package app.holdfast.core.sync;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A [CrashChild] in a JVM of its own, for one session after the other: starting one costs more than a session.
/// Confined to one thread.
final class Patient implements AutoCloseable {

    private static final int NOBODY_ELSE_OPENED = 500_000;

    private final Process process;
    private final BufferedReader said;
    private final List<String> output = new ArrayList<>();

    private Patient(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Patient start() throws IOException {
        return new Patient(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dholdfast.opened=" + NOBODY_ELSE_OPENED, "-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-cp",
                System.getProperty("java.class.path"), CrashChild.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    long pid() {
        return process.pid();
    }

    /// @return how the session in this folder ended; empty when the process died of it
    Optional<CrashChild.Ending> play(Path folder) throws IOException {
        output.clear();
        process.outputWriter().write(folder + "\n");
        process.outputWriter().flush();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(CrashChild.ENDED)) {
                return Optional.of(CrashChild.Ending.valueOf(line.substring(CrashChild.ENDED.length())));
            }
            output.add(line);
        }
        return Optional.empty();
    }

    /// What it said besides.
    List<String> output() {
        return output;
    }

    /// Goes on after [Strace] had it stopped.
    void goOn() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-CONT", Long.toString(pid())).start().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        said.close();
    }
}
