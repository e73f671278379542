package app.holdfast.desktop.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers get their answers, and nothing a caller does keeps the next from getting theirs.
final class InstanceSocketTest {

    private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private Path data = Path.of("");
    private Optional<InstanceSocket> listening = Optional.empty();

    private record Heard(int status, String out, String err) {}

    @BeforeEach
    void place(@TempDir Path folder) {
        data = folder;
    }

    @AfterEach
    void stop() {
        listening.ifPresent(InstanceSocket::close);
    }

    private SocketPlace place() {
        return new SocketPlace(data, Map.of());
    }

    private void listen(Duration requestTime) throws IOException {
        listening = Optional.of(InstanceSocket.listen(place(), this::carryOut, THREADS, requestTime));
    }

    /// The commands of this test: say, complain, ask, flood, wait.
    private int carryOut(Request request, Terminal terminal) {
        switch (request.arguments().getFirst()) {
            case "say" -> terminal.out().print(request.arguments().getLast() + " in " + request.directory());
            case "complain" -> terminal.err().print("no");
            case "ask" -> terminal.out().print(terminal.ask("sure?").orElse("nobody"));
            case "flood" -> terminal.out().print("🌋x".repeat(500_000));
            default -> {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
        }
        return request.arguments().size();
    }

    private Heard call(String... arguments) throws InstanceFailure {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), true,
                question -> Optional.of(question + "!"));
        var request = new Request(List.of(arguments), "/home/ada", false, true, "en");
        OptionalInt status = new InstanceClient(data, Map.of()).run(request, terminal);
        return new Heard(status.orElse(-1), out.toString(), err.toString());
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(place().find().orElseThrow()));
    }

    /// Until the instance hangs up, so that its conversations with us do not add up to its limit.
    private static void hearToTheEnd(SocketChannel channel) throws IOException {
        var heard = ByteBuffer.allocate(1024);
        while (channel.read(heard) >= 0) {
            heard.clear();
        }
    }

    private static void send(SocketChannel channel, byte[] bytes) throws IOException {
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining();) {
            channel.write(left);
        }
    }

    private static byte[] frame(int length, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length).putInt(length).put(bytes).array();
    }

    @Test
    void aCommandIsCarriedOutElsewhere() throws Exception {
        listen(Duration.ofSeconds(60));

        Heard said = call("say", "Grüße");
        Heard complained = call("complain");

        assertThat(said).isEqualTo(new Heard(2, "Grüße in /home/ada", ""));
        assertThat(complained).isEqualTo(new Heard(1, "", "no"));
    }

    @Test
    void aLongAnswerArrivesWhole() throws Exception {
        listen(Duration.ofSeconds(60));

        Heard flooded = call("flood");

        assertThat(flooded.out()).isEqualTo("🌋x".repeat(500_000));
    }

    @Test
    void aQuestionIsAnsweredAtTheCallersTerminal() throws Exception {
        listen(Duration.ofSeconds(60));

        Heard asked = call("ask");

        assertThat(asked.out()).isEqualTo("sure?!");
    }

    @Test
    void noInstanceMeansNoAnswer() throws Exception {
        assertThat(call("say", "x").status()).isEqualTo(-1);
    }

    @Test
    void onlyItsUserMayOpenTheSocket() throws Exception {
        listen(Duration.ofSeconds(60));

        Path socket = place().find().orElseThrow();

        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(socket.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theSocketOfAKilledInstanceIsPassedOverAndReplaced() throws Exception {
        Path socket = place().prepare();
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();

        Heard nobody = call("say", "x");
        listen(Duration.ofSeconds(60));

        assertThat(nobody.status()).isEqualTo(-1);
        assertThat(call("say", "x").status()).isEqualTo(2);
    }

    @Test
    void closingRemovesTheSocketAndEndsWhatIsUnderWay() throws Exception {
        listen(Duration.ofSeconds(60));
        Path socket = place().find().orElseThrow();
        try (SocketChannel caller = connect()) {
            new Frames(caller).write(new Message.Run(new Request(List.of("wait"), "/", false, false, "en")));
            started.await();

            listening.orElseThrow().close();

            assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(new Frames(caller).read()).contains(new Message.Ended(1));
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void aCallerWhoGoesAwayEndsTheirCommand() throws Exception {
        listen(Duration.ofSeconds(60));
        try (SocketChannel caller = connect()) {
            new Frames(caller).write(new Message.Run(new Request(List.of("wait"), "/", false, false, "en")));
            started.await();
        }

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(call("say", "x").status()).isEqualTo(2);
    }

    @Test
    void aLengthOfFourGigabytesIsRefusedWithAReason() throws Exception {
        listen(Duration.ofSeconds(60));
        try (SocketChannel caller = connect()) {
            send(caller, frame(-1, "{"));

            Optional<Message> answer = new Frames(caller).read();

            assertThat(answer).get().isInstanceOfSatisfying(Message.Refused.class,
                    refused -> assertThat(refused.reason()).contains("4294967295"));
        }
        assertThat(call("say", "x").status()).isEqualTo(2);
    }

    @Test
    void garbageIsRefusedAndTheNextCallerServed() throws Exception {
        listen(Duration.ofSeconds(60));
        long seed = System.nanoTime();
        System.out.println("InstanceSocketTest seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            try (SocketChannel caller = connect()) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                String body = new String(noise, StandardCharsets.ISO_8859_1);
                send(caller, random.nextBoolean() ? noise : frame(noise.length, body));
                caller.shutdownOutput();
                hearToTheEnd(caller);
            } catch (IOException hungUp) {
                assertThat(hungUp).isNotNull();
            }
        }

        assertThat(call("say", "x").status()).isEqualTo(2);
    }

    @Test
    void halfARequestIsGivenUpOn() throws Exception {
        listen(Duration.ofSeconds(2));
        try (SocketChannel caller = connect()) {
            send(caller, frame(100, "{\"run\""));

            Optional<Message> answer = new Frames(caller).read();

            assertThat(answer).isEmpty();
        }
        assertThat(call("say", "x").status()).isEqualTo(2);
    }

    @Test
    void tooManyCallersAreToldSo() throws Exception {
        listen(Duration.ofSeconds(60));
        List<SocketChannel> idle = new ArrayList<>();
        for (int i = 0; i < InstanceSocket.CONVERSATIONS_MAX; i++) {
            idle.add(connect());
        }

        assertThatThrownBy(() -> call("say", "x")).isInstanceOfSatisfying(InstanceFailure.class,
                failure -> assertThat(failure.code()).isEqualTo("busy"));

        for (SocketChannel caller : idle) {
            caller.close();
        }
    }

    @Test
    void aLongDataDirectoryIsReachedThroughAPointer() throws Exception {
        Path runtime = Files.createDirectory(data.resolve("xdg"));
        Path deep = Files.createDirectories(data.resolve("d".repeat(120)).resolve("data"));
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", runtime.toString());
        ToIntBiFunction<Request, Terminal> commands = this::carryOut;
        listening = Optional.of(InstanceSocket.listen(deep, environment, commands, THREADS));
        var silent = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false,
                _ -> Optional.empty());

        OptionalInt status = new InstanceClient(deep, Map.of()).run(
                new Request(List.of("say"), "/", false, false, "en"), silent);

        assertThat(status).hasValue(1);
        assertThat(runtime.resolve("holdfast")).isDirectory();
    }

    @Test
    void aDirectoryOfSomeoneElseIsNotUsed() throws Exception {
        Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
        Files.createSymbolicLink(data.resolve("run"), elsewhere);

        assertThatThrownBy(() -> place().prepare()).isInstanceOf(IOException.class)
                .hasMessageContaining("someone else");
    }
}
