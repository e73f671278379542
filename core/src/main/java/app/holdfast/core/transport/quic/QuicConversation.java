package app.holdfast.core.transport.quic;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.quic.QuicException.Cause;
import tech.kwik.core.ConnectionEstablishedEvent;
import tech.kwik.core.ConnectionListener;
import tech.kwik.core.ConnectionTerminatedEvent;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.frame.PingFrame;
import tech.kwik.core.impl.QuicConnectionImpl;

/// A connection with an admitted peer and the one stream on it, which the dialling side opens.
///
/// Any thread may call any method; one thread reads and one writes at a time.
public final class QuicConversation {

    /// The side that dialled shows that it lives, well within `QuicEndpoint.IDLE`.
    static final Duration KEEP_ALIVE = Duration.ofSeconds(3);
    /// How long the reason for an end may come after the end itself, on another thread of kwik. It always comes, unless
    /// it was the peer that gave up the stream alone.
    private static final Duration REASON = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(QuicConversation.class);

    private final QuicConnection connection;
    private final DeviceId peer;
    private final String protocol;
    private final InetSocketAddress remote;
    private final CompletableFuture<QuicStream> stream = new CompletableFuture<>();
    private final CompletableFuture<QuicException> ended = new CompletableFuture<>();

    /// @param whenEnded called once, on a thread of kwik
    QuicConversation(QuicConnection connection, DeviceId peer, String protocol, InetSocketAddress remote,
            Consumer<QuicConversation> whenEnded) {
        this.connection = connection;
        this.peer = peer;
        this.protocol = protocol;
        this.remote = remote;
        connection.setConnectionListener(new ConnectionListener() {
            @Override
            public void connected(ConnectionEstablishedEvent event) {
                // known from the return of connect, or from the call that accepts
            }

            @Override
            public void disconnected(ConnectionTerminatedEvent event) {
                ended.complete(QuicEnding.of(event));
                whenEnded.accept(QuicConversation.this);
            }
        });
    }

    public DeviceId peer() {
        return peer;
    }

    public String protocol() {
        return protocol;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    /// The smoothed round trip, in whole milliseconds; empty before the first acknowledgement.
    public Optional<Duration> roundTrip() {
        int millis = connection.getStats().smoothedRtt();
        return millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
    }

    /// Opens the stream; the peer sees it with the first byte that is written. For the side that dialled.
    ///
    /// Waits until the peer allows a stream; an interrupt ends that.
    ///
    /// @throws QuicException when the connection ends before, or the peer takes longer
    public void open(Duration longest) throws QuicException {
        Thread opener = ConversationThread.start("quic-open-" + peer, this::createStream);
        try {
            awaitOpened(longest);
        } finally {
            opener.interrupt();
        }
    }

    private void createStream() {
        try {
            stream.complete(connection.createStream(true));
        } catch (IOException e) {
            // the connection has ended, and `ended` says why
        } catch (RuntimeException e) {
            // without a message this is how kwik says that the thread was interrupted
            LOG.debug("no stream to peer={}", peer, e);
        }
    }

    /// Waits until the peer has opened the stream. For the side that accepted.
    ///
    /// @throws QuicException when the connection ends before, or the peer takes longer
    public void awaitOpened(Duration longest) throws QuicException {
        try {
            CompletableFuture.anyOf(stream, ended).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new QuicException(Cause.LOST, "the peer says nothing");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuicException(Cause.CLOSED_HERE, "interrupted");
        }
        if (!stream.isDone()) {
            throw ending();
        }
    }

    /// Ends with the peer's last byte; fails when the connection ends, then `ending` says why.
    public InputStream in() {
        return stream.join().getInputStream();
    }

    /// Closing it tells the peer that this was all.
    public OutputStream out() {
        return stream.join().getOutputStream();
    }

    /// Why a read or write has failed. Waits a moment, because the reason comes on another thread.
    public QuicException ending() {
        return awaitEnding().orElseGet(() -> new QuicException(Cause.BROKEN, "the stream was broken off"));
    }

    /// As [#ending()] does.
    ///
    /// @return empty when the connection has not ended
    public Optional<QuicException> awaitEnding() {
        try {
            return Optional.of(ended.get(REASON.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new QuicException(Cause.CLOSED_HERE, "interrupted"));
        }
    }

    /// Ends the connection at once; what is on its way is lost. Closing again does nothing.
    ///
    /// @param code   application code, 0 when all went well
    /// @param reason shown to the peer
    public void close(long code, String reason) {
        connection.close(code, reason);
    }

    /// Waits for the end, whoever brings it about.
    public void awaitEnded(Duration longest) {
        try {
            ended.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // still open
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean hasEnded() {
        return ended.isDone();
    }

    QuicConnection connection() {
        return connection;
    }

    void streamArrived(QuicStream arrived) {
        stream.complete(arrived);
    }

    /// Runs on a virtual thread until the connection has ended.
    void keepAlive() {
        while (true) {
            try {
                ended.get(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                // kwik's own way to keep a connection alive leaves a thread behind and is for clients only
                ((QuicConnectionImpl) connection).send(new PingFrame(), lost -> {}, true);
            } catch (InterruptedException | ExecutionException e) {
                return;
            }
        }
    }
}
