package app.holdfast.desktop.instance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One caller, from its request to its exit status.
///
///     WAITING --run--> WORKING --done--> ENDED
///        |                |
///        '--late, bad-----'--caller gone--> ENDED, the command is interrupted
///
/// Its first thread reads the request and carries it out; a second one then reads on, for answers to questions and to
/// notice that the caller has gone.
final class Conversation {

    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    private final SocketChannel channel;
    private final Frames frames;
    private final ToIntBiFunction<Request, Terminal> commands;
    private final Duration requestTime;
    /// Who carries the command out, while it does; guarded by this.
    private @Nullable Thread worker;
    private boolean begun;
    /// To the question asked last; guarded by this.
    private CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    /// To the secret asked for last; guarded by this.
    private CompletableFuture<Optional<byte[]>> secret = new CompletableFuture<>();
    /// Completed when there will be no answer any more.
    private final CompletableFuture<Optional<String>> gone = new CompletableFuture<>();

    Conversation(SocketChannel channel, ToIntBiFunction<Request, Terminal> commands, Duration requestTime) {
        this.channel = channel;
        this.frames = new Frames(channel);
        this.commands = commands;
        this.requestTime = requestTime;
    }

    /// Blocks until the caller has its exit status or is gone.
    void run(ThreadFactory threads) {
        try (channel) {
            Optional<Request> request = request();
            if (request.isPresent()) {
                work(request.get(), threads);
            }
        } catch (MalformedMessage e) {
            log.info("a caller was refused: {}", e.getMessage());
        } catch (IOException e) {
            log.debug("a caller went away: {}", e.getMessage());
        }
    }

    /// Says why and lets go.
    void refuse(String code, String reason) {
        try (channel) {
            frames.write(new Message.Refused(code, reason));
        } catch (IOException | MalformedMessage e) {
            log.debug("a refused caller went away: {}", e.getMessage());
        }
    }

    /// Interrupts the command under way, or the waiting for one. What a command says to that still goes out.
    synchronized void end() {
        gone.complete(Optional.empty());
        if (worker != null) {
            worker.interrupt();
        } else if (!begun) {
            close();
        }
    }

    private synchronized void begin() {
        begun = true;
        worker = Thread.currentThread();
    }

    /// From here on nothing interrupts, since that would close the connection.
    private synchronized void finish() {
        worker = null;
        boolean late = Thread.interrupted();
        log.debug("a command has ended{}", late ? ", and was to be" : "");
    }

    private Optional<Request> request() throws IOException, MalformedMessage {
        var arrived = new CompletableFuture<Boolean>();
        var _ = arrived.completeOnTimeout(false, requestTime.toNanos(), TimeUnit.NANOSECONDS).thenAccept(inTime -> {
            if (!inTime) {
                close();
            }
        });
        try {
            Optional<Message> first = frames.read();
            arrived.complete(true);
            if (first.isPresent() && !(first.get() instanceof Message.Run)) {
                throw new MalformedMessage("no request", 0);
            }
            return first.map(message -> ((Message.Run) message).request());
        } catch (MalformedMessage e) {
            refuse("bad_request", "this is no command of Holdfast: " + e.getMessage());
            throw e;
        } finally {
            arrived.complete(true);
        }
    }

    private void work(Request request, ThreadFactory threads) throws IOException, MalformedMessage {
        begin();
        threads.newThread(this::listen).start();
        var out = new PrintWriter(new MessageWriter(frames, Message.Output::new), false);
        var err = new PrintWriter(new MessageWriter(frames, Message.Complaint::new), true);
        int status = commands.applyAsInt(request, new Terminal(out, err, request.interactive(), new CallersQuestions()));
        finish();
        out.flush();
        err.flush();
        frames.write(new Message.Ended(status));
    }

    /// Runs on the second thread. An answer nobody asked for is dropped.
    private void listen() {
        try {
            Optional<Message> message = frames.read();
            while (message.isPresent() && answered(message.get())) {
                message = frames.read();
            }
        } catch (MalformedMessage e) {
            log.info("a caller was cut off: {}", e.getMessage());
        } catch (IOException e) {
            log.debug("a caller went away: {}", e.getMessage());
        }
        end();
    }

    /// Asks over the connection.
    private final class CallersQuestions implements Terminal.Questions {

        @Override
        public Optional<String> ask(String question) {
            CompletableFuture<Optional<String>> next = newAnswer();
            return send(new Message.Question(question)) ? next.applyToEither(gone, line -> line).join()
                    : Optional.empty();
        }

        @Override
        public Optional<byte[]> secret(String question, boolean fromInput) {
            CompletableFuture<Optional<byte[]>> next = newSecret();
            return send(new Message.SecretQuestion(question, fromInput))
                    ? next.applyToEither(gone.thenApply(_ -> Optional.empty()), bytes -> bytes).join()
                    : Optional.empty();
        }
    }

    /// @return whether the caller is there to be asked
    private boolean send(Message question) {
        try {
            frames.write(question);
            return true;
        } catch (IOException e) {
            return false;
        } catch (MalformedMessage e) {
            throw new IllegalStateException("a question is longer than a message may be", e);
        }
    }

    private synchronized CompletableFuture<Optional<String>> newAnswer() {
        answer = new CompletableFuture<>();
        return answer;
    }

    private synchronized CompletableFuture<Optional<byte[]>> newSecret() {
        secret = new CompletableFuture<>();
        return secret;
    }

    /// @return false when this is no answer
    private synchronized boolean answered(Message message) {
        switch (message) {
            case Message.Answer given -> answer.complete(given.line());
            case Message.Secret given -> {
                boolean wanted = given.given() ? secret.complete(Optional.of(given.bytes()))
                        : secret.complete(Optional.empty());
                if (!wanted) {
                    Arrays.fill(given.bytes(), (byte) 0);
                }
            }
            case Message.Run _, Message.Output _, Message.Complaint _, Message.Question _, Message.SecretQuestion _,
                    Message.Refused _, Message.Ended _ -> {
                return false;
            }
        }
        return true;
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("closing a caller's connection: {}", e.getMessage());
        }
    }
}
