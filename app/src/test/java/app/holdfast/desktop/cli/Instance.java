package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.VaultRow;
import app.holdfast.desktop.instance.InstanceClient;
import app.holdfast.desktop.instance.InstanceFailure;
import app.holdfast.desktop.instance.Request;
import app.holdfast.desktop.instance.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole library of this process, on the loopback interface, and callers who type commands at its socket as the
/// program does, without a process for each.
final class Instance implements AutoCloseable {

    static final long SECONDS_MAX = 60;

    final String name;
    final Path folder;
    final Holdfast holdfast;
    final Devices devices;
    final BlockingQueue<CoreEvent> heard = new LinkedBlockingQueue<>();
    private final CommandServer server;

    /// @param out what went to standard output
    record Said(int status, String out, String err) {

        JsonNode json() {
            assertThat(out).as("standard output; the error stream said: %s", err).isNotEmpty();
            return JsonMapper.shared().readTree(out);
        }

        String errorCode() {
            return json().path("error").path("code").asString();
        }
    }

    /// Makes a library and opens it.
    Instance(Path parent, String name) throws CoreException {
        this.name = name;
        folder = parent.resolve(name);
        Holdfast.initialise(data(), name);
        holdfast = Holdfast.open(data());
        devices = holdfast.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        holdfast.library().listen(heard::add);
        var open = new OpenLibrary(data(), holdfast.library(), devices, holdfast::newId, _ -> { });
        server = CommandServer.headless(open, new Door(Map.of(), Thread.ofPlatform().daemon().factory(),
                (_, _) -> { }));
    }

    Path data() {
        return folder.resolve("data");
    }

    /// Becomes a device of the other one's library.
    void join(Instance other) throws Exception {
        get(devices.join(get(other.devices.invite(true, Duration.ofMinutes(5))).ticket(), (_, _) -> true));
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// The next moment of a kind; others are passed over.
    <T extends CoreEvent> T next(Class<T> kind) throws InterruptedException {
        while (true) {
            CoreEvent event = heard.poll(SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(event).as("a moment of %s", kind.getSimpleName()).isNotNull();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /// Of this device, by the name of its file.
    VaultRow vault(String file) throws CoreException {
        return holdfast.library().ask(LibraryReader::vaults).stream()
                .filter(row -> row.here().isPresent() && row.name().equals(file)).findFirst().orElseThrow();
    }

    /// Begins a command; its password is typed when it is asked for.
    Typed type(String password, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return new Typed(password, new Request(all, folder.toString(), true, false, "en"));
    }

    @Override
    public void close() {
        server.close();
        holdfast.close();
    }

    /// One command under way.
    final class Typed {

        private final StringWriter out = new StringWriter();
        private final Told err = new Told();
        private final CompletableFuture<Integer> status = new CompletableFuture<>();
        private final Thread caller;

        Typed(String password, Request request) {
            caller = Thread.ofPlatform().daemon().start(() -> {
                try {
                    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false,
                            new Answers(password));
                    status.complete(new InstanceClient(data(), Map.of()).run(request, terminal).orElseThrow());
                } catch (InstanceFailure | RuntimeException e) {
                    status.completeExceptionally(e);
                }
            });
        }

        /// Waits until it says so on the error stream.
        Typed until(String part) throws InterruptedException {
            String line = "";
            while (!line.contains(part)) {
                line = err.lines.poll(SECONDS_MAX, TimeUnit.SECONDS);
                assertThat(line).as("it says %s; it said %s%s", part, err.text, out).isNotNull();
            }
            return this;
        }

        /// As the end of the caller's process does.
        void interrupt() throws InterruptedException {
            caller.interrupt();
            caller.join(TimeUnit.SECONDS.toMillis(SECONDS_MAX));
            assertThat(caller.isAlive()).as("the caller ends").isFalse();
        }

        Said end() throws Exception {
            return new Said(get(status), out.toString(), err.text.toString());
        }
    }

    private record Answers(String password) implements Terminal.Questions {

        @Override
        public Optional<String> ask(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> secret(String question, boolean fromInput) {
            return Optional.of(password.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// The error stream, piece by piece.
    private static final class Told extends StringWriter {

        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        final StringBuffer text = getBuffer();

        @Override
        public void write(String string, int from, int length) {
            super.write(string, from, length);
            lines.add(string.substring(from, from + length));
        }
    }
}
