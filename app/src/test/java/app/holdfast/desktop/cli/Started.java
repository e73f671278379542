package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The program as a process of its own, started as the launcher does. Its error stream goes to a file, so that it is
/// never waited for.
///
/// @param errors where the error stream goes
record Started(Process process, Path errors, BufferedReader out) implements AutoCloseable {

    private static final long ENDING_SECONDS_MAX = 60;

    /// @param out what went to standard output
    record Ended(int status, String out, String err) {

        JsonNode json() {
            assertThat(out).as("standard output; the error stream said: %s", err).isNotEmpty();
            return JsonMapper.shared().readTree(out);
        }

        String errorCode() {
            return json().get("error").get("code").asString();
        }
    }

    /// @param environment over that of the tests
    static Started with(Map<String, String> environment, List<String> jvmOptions, List<String> words) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                    "-XX:TieredStopAtLevel=1", "-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true"));
            command.addAll(jvmOptions);
            command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path",
                    System.getProperty("java.class.path")), "app.holdfast.desktop.Main"));
            command.addAll(words);
            Path errors = Files.createTempFile("holdfast-test-", ".err");
            var builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().remove("HOLDFAST_DATA");
            builder.environment().put("XDG_STATE_HOME", Path.of("target", "state").toAbsolutePath().toString());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new Started(process, errors, new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Started with(String... words) {
        return with(Map.of(), List.of(), List.of(words));
    }

    /// Starts it, waits for its end and hears it out.
    static Ended andEnded(String... words) {
        try (Started started = with(words)) {
            return started.end();
        }
    }

    Ended end() {
        try {
            var said = new StringBuilder();
            for (int c = out.read(); c >= 0; c = out.read()) {
                said.append((char) c);
            }
            assertThat(process.waitFor(ENDING_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), said.toString(), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The next line of standard output, as JSON.
    JsonNode line() {
        try {
            String line = out.readLine();
            assertThat(line).as("a line on standard output; the error stream said: %s", Files.readString(errors))
                    .isNotNull();
            return JsonMapper.shared().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kills it if it still runs.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            out.close();
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
