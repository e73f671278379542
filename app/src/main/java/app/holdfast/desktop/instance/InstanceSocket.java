package app.holdfast.desktop.instance;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntBiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The instance's side: listens on the data directory's socket and carries out the commands that come.
///
/// Whatever a caller sends or leaves out ends that conversation and nothing else. Safe for any thread.
public final class InstanceSocket implements AutoCloseable {

    /// Callers beyond these are told that the instance is busy, and let go.
    static final int CONVERSATIONS_MAX = 32;
    /// A caller that has not said what it wants by then is let go.
    static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(10);
    /// How long closing waits for a command under way to notice that it is to end.
    private static final Duration CLOSING_TIME_MAX = Duration.ofSeconds(2);
    /// Pause after a connection could not be taken: too many open files, most likely.
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger log = LoggerFactory.getLogger(InstanceSocket.class);

    private final Path socket;
    private final ServerSocketChannel server;
    private final ToIntBiFunction<Request, Terminal> commands;
    private final ThreadFactory threads;
    private final Duration requestTime;
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

    private InstanceSocket(Path socket, ServerSocketChannel server, ToIntBiFunction<Request, Terminal> commands,
            ThreadFactory threads, Duration requestTime) {
        this.socket = socket;
        this.server = server;
        this.commands = commands;
        this.threads = threads;
        this.requestTime = requestTime;
    }

    /// Begins to listen. Only for whoever holds the library's lock: a socket that is there already was left by an
    /// instance that was killed, and is removed.
    ///
    /// @param commands carries out one command, on a thread of its own, and returns its exit status; the thread is
    ///        interrupted when the caller goes away
    /// @param threads  makes two for each conversation and one that waits for them
    public static InstanceSocket listen(Path data, Map<String, String> environment,
            ToIntBiFunction<Request, Terminal> commands, ThreadFactory threads) throws IOException {
        return listen(new SocketPlace(data, environment), commands, threads, REQUEST_TIME_MAX);
    }

    static InstanceSocket listen(SocketPlace place, ToIntBiFunction<Request, Terminal> commands,
            ThreadFactory threads, Duration requestTime) throws IOException {
        Path socket = place.prepare();
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), CONVERSATIONS_MAX);
            SocketPlace.allowOnlyItsUser(socket);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var instance = new InstanceSocket(socket, server, commands, threads, requestTime);
        threads.newThread(instance::acceptAll).start();
        return instance;
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                accept(server.accept());
            } catch (IOException e) {
                if (server.isOpen()) {
                    log.warn("a caller could not be taken: {}", e.getMessage());
                    LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
                }
            }
        }
    }

    private void accept(SocketChannel channel) {
        var conversation = new Conversation(channel, commands, requestTime);
        if (conversations.size() >= CONVERSATIONS_MAX) {
            conversation.refuse("busy", "too many commands are under way in this instance; try again in a moment");
            return;
        }
        conversations.add(conversation);
        threads.newThread(() -> {
            try {
                conversation.run(threads);
            } finally {
                conversations.remove(conversation);
            }
        }).start();
    }

    /// Ends the commands under way and removes the socket. May be called twice.
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            log.warn("the socket {} could not be removed: {}", socket, e.getMessage());
        }
        conversations.forEach(Conversation::end);
        long deadline = System.nanoTime() + CLOSING_TIME_MAX.toNanos();
        while (!conversations.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
        }
    }
}
