package app.holdfast.core.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.DialException.Reason;
import app.holdfast.core.transport.quic.ConversationThread;
import app.holdfast.core.transport.quic.QuicConversation;
import app.holdfast.core.transport.quic.QuicEndpoint;
import app.holdfast.core.transport.quic.QuicException;

/// Finds a device at one of several addresses: all are tried at once, each on a virtual thread, the first that proves
/// to be the expected device wins, the others are given up.
final class Dialer {

    /// Addresses tried; those after it in the list are not.
    static final int CANDIDATES_MAX = 16;
    /// For all of them together, more than for each: the end of an attempt is heard of on another thread.
    private static final Duration MORE = Duration.ofSeconds(1);

    private final QuicEndpoint quic;
    private final Duration longest;

    /// @param longest a device that does not answer in this time is not there
    Dialer(QuicEndpoint quic, Duration longest) {
        this.quic = quic;
        this.longest = longest;
    }

    /// @return a conversation whose stream is open
    /// @throws DialException when none of the addresses leads to the device
    QuicConversation dial(DeviceId expected, List<InetSocketAddress> candidates, Alpn alpn) throws IOException {
        List<InetSocketAddress> tried = candidates.stream()
                .filter(address -> !address.isUnresolved())
                .distinct()
                .limit(CANDIDATES_MAX)
                .toList();
        QuicConversation winner = race(expected, tried, alpn);
        try {
            winner.open(longest);
            return winner;
        } catch (QuicException e) {
            winner.close(CloseCode.DONE, "no stream");
            throw failure(e);
        }
    }

    private QuicConversation race(DeviceId expected, List<InetSocketAddress> tried, Alpn alpn) throws IOException {
        BlockingQueue<Optional<IOException>> outcomes = new ArrayBlockingQueue<>(Math.max(1, tried.size()));
        CompletableFuture<QuicConversation> winner = new CompletableFuture<>();
        List<Thread> attempts = tried.stream()
                .map(address -> ConversationThread.start("dial-" + expected,
                        () -> outcomes.add(attempt(expected, address, alpn, winner))))
                .toList();
        try {
            Optional<DialException> failure = failure(outcomes, attempts.size());
            if (failure.isPresent() && winner.cancel(false)) {
                throw failure.get();
            }
            return winner.join();
        } catch (InterruptedException e) {
            if (!winner.cancel(false)) {
                winner.join().close(CloseCode.DONE, "given up");
            }
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("dialling was given up");
        } finally {
            attempts.forEach(Thread::interrupt);
        }
    }

    /// @param winner gets the conversation, unless it is decided already
    /// @return why there is no conversation; empty when there is, also when another address was faster
    private Optional<IOException> attempt(DeviceId expected, InetSocketAddress address, Alpn alpn,
            CompletableFuture<QuicConversation> winner) {
        try {
            QuicConversation conversation = quic.dial(expected, address, alpn.name(), longest);
            if (!winner.complete(conversation)) {
                conversation.close(CloseCode.DONE, "another address was faster");
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(new IOException("dialling failed: " + e, e));
        }
    }

    /// Waits until one has succeeded or all have failed.
    ///
    /// @return empty when one has succeeded
    private Optional<DialException> failure(BlockingQueue<Optional<IOException>> outcomes, int attempts)
            throws InterruptedException {
        DialException best = new DialException(Reason.UNREACHABLE, "no address leads to the device");
        long deadline = System.nanoTime() + longest.plus(MORE).toNanos();
        for (int i = 0; i < attempts; i++) {
            Optional<IOException> outcome = outcomes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (outcome == null) {
                break;
            }
            if (outcome.isEmpty()) {
                return Optional.empty();
            }
            // that somebody answered says more than that nobody did elsewhere
            best = best.reason() == Reason.UNREACHABLE ? failure(outcome.get()) : best;
        }
        return Optional.of(best);
    }

    /// What a failure to connect, or one before the first frame, means to whoever dialled.
    static DialException failure(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        DialException failure = new DialException(
                switch (cause) {
                    case QuicException e -> switch (e.reason()) {
                        case OTHER_KEY -> Reason.OTHER_DEVICE;
                        case DENIED -> Reason.REFUSED;
                        case OTHER_PROTOCOL, BROKEN, CLOSED_BY_PEER -> Reason.OTHER_PROTOCOL;
                        case UNREACHABLE, LOST, CLOSED_HERE -> Reason.UNREACHABLE;
                    };
                    case FrameException e -> Reason.OTHER_PROTOCOL;
                    default -> Reason.UNREACHABLE;
                }, message);
        failure.initCause(cause);
        return failure;
    }
}
