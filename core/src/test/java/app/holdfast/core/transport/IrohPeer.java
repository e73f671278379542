package app.holdfast.core.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real iroh endpoint in a process of Node: `interop/iroh-peer.cjs`. What it says comes line by line.
final class IrohPeer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedReader lines;

    IrohPeer(String... arguments) throws IOException {
        Path folder = Path.of("..", "interop").toAbsolutePath().normalize();
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            throw new IllegalStateException("run `npm install` in " + folder + " first");
        }
        List<String> command = new ArrayList<>(List.of("node", "--no-deprecation", "iroh-peer.cjs"));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// The next thing it says.
    JsonNode next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the iroh peer has ended");
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
