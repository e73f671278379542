package app.holdfast.core.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.quic.ConversationThread;
import app.holdfast.core.transport.quic.QuicConversation;
import app.holdfast.core.transport.quic.QuicException;

/// A link over one QUIC stream.
///
///     OPENING --preamble--> OPEN --close--> CLOSED --peer has ended, or LINGER--> connection closed
///        '----------------------'--failure--> FAILED, connection closed
///
/// One virtual thread, the reader, takes frames off the stream and reads one ahead; what the peer sends beyond that
/// waits in QUIC's window, and then at the peer. So whoever waits in `receive` waits for a condition of ours and can
/// be woken, and a closed link still notices that the peer has ended too.
///
/// `lock` guards the state below it and is never held while reading or writing; `sending` is held while a frame is
/// written, and guards `isCutOff`.
final class StreamLink implements Link {

    /// How long a closed link waits for the peer to take the last frames and end its side.
    static final Duration LINGER = Duration.ofSeconds(10);

    private final QuicConversation conversation;
    private final Consumer<StreamLink> whenGone;
    private final ReentrantLock sending = new ReentrantLock();
    private boolean isCutOff;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean opened;
    private byte @Nullable [] next;
    private boolean peerEnded;
    private @Nullable IOException failure;
    private boolean closed;

    private StreamLink(QuicConversation conversation, Consumer<StreamLink> whenGone) {
        this.conversation = conversation;
        this.whenGone = whenGone;
    }

    /// Exchanges preambles over a conversation whose stream is open.
    ///
    /// @param whenGone called once, when the connection under the link was closed
    /// @throws IOException when the peer does not answer with a preamble in time; the connection is closed then
    static StreamLink open(QuicConversation conversation, Duration longest, Consumer<StreamLink> whenGone)
            throws IOException {
        StreamLink link = new StreamLink(conversation, whenGone);
        try {
            link.write(Frames.preamble());
            ConversationThread.start("link-reader-" + conversation.peer(), link::readAll);
            link.awaitOpened(longest);
            return link;
        } catch (IOException e) {
            link.end(CloseCode.BAD_FRAME);
            throw e;
        }
    }

    @Override
    public DeviceId peer() {
        return conversation.peer();
    }

    @Override
    public InetSocketAddress remote() {
        return conversation.remote();
    }

    @Override
    public Optional<Duration> roundTrip() {
        return conversation.roundTrip();
    }

    @Override
    public void send(byte[] frame) throws IOException {
        write(Frames.encode(frame));
    }

    private void write(byte[] bytes) throws IOException {
        IOException failed;
        sending.lock();
        try {
            checkOpen();
            failed = writeOut(bytes);
        } finally {
            sending.unlock();
        }
        if (failed != null) {
            IOException cause = why(failed);
            fail(cause);
            throw cause;
        }
    }

    /// @return why half of it may be on its way, after which nothing would make sense; null when it is whole
    private @Nullable IOException writeOut(byte[] bytes) {
        try {
            conversation.out().write(bytes);
            return null;
        } catch (IOException e) {
            isCutOff = true;
            return e;
        }
    }

    /// The end of the connection gives its reason later; that of the stream alone has none, nor has one from here.
    private IOException why(IOException failed) {
        boolean isEnding = String.valueOf(failed.getMessage()).contains("aborted") && !isClosed();
        return isEnding ? conversation.awaitEnding().map(IOException.class::cast).orElse(failed) : failed;
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] receive() throws IOException {
        lock.lock();
        try {
            awaitUntil(() -> closed || next != null || failure != null || peerEnded);
            byte[] frame = next;
            if (closed) {
                return null;
            } else if (frame != null) {
                next = null;
                changed.signalAll();
                return frame;
            } else if (failure != null) {
                throw failure;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            next = null;
            changed.signalAll();
            if (!peerEnded && failure == null) {
                ConversationThread.start("link-linger-" + peer(), this::linger);
                return;
            }
        } finally {
            lock.unlock();
        }
        end(CloseCode.DONE);
    }

    /// Ends the connection under the link at once.
    void abort() {
        close();
        end(CloseCode.DONE);
    }

    /// Says that this was all, and gives the peer time to take it.
    private void linger() {
        try {
            if (sending.tryLock(LINGER.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    endStream();
                } finally {
                    sending.unlock();
                }
            }
            awaitPeerEnd();
        } catch (IOException e) {
            // the connection is gone already, and with it what was left to say
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(CloseCode.DONE);
    }

    /// Half a frame and then an end would be a frame that is wrong; the connection just ends.
    private void endStream() throws IOException {
        if (isCutOff) {
            throw new IOException("a frame was cut off");
        }
        try (OutputStream out = conversation.out()) {
            out.flush();
        }
    }

    private void awaitPeerEnd() throws InterruptedException {
        long leftNanos = LINGER.toNanos();
        lock.lock();
        try {
            while (!peerEnded && failure == null && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The reader's whole life.
    private void readAll() {
        try {
            Frames frames = new Frames(conversation.in());
            frames.readPreamble();
            change(() -> opened = true);
            for (byte[] frame = frames.read(); frame != null; frame = frames.read()) {
                offer(frame);
            }
            change(() -> peerEnded = true);
        } catch (FrameException e) {
            fail(e);
        } catch (IOException e) {
            fail(conversation.ending());
        }
    }

    /// Waits until the frame before was received; drops it when nobody will.
    private void offer(byte[] frame) throws IOException {
        lock.lock();
        try {
            awaitUntil(() -> next == null || closed || failure != null);
            if (!closed) {
                next = frame;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitOpened(Duration longest) throws IOException {
        long leftNanos = longest.toNanos();
        lock.lock();
        try {
            while (!opened && failure == null && !peerEnded && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
            if (!opened) {
                throw failure == null ? new IOException("the device does not answer") : failure;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while opening a link", e);
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException cause) {
        change(() -> {
            if (failure == null) {
                failure = cause;
            }
        });
        end(cause instanceof FrameException ? CloseCode.BAD_FRAME : CloseCode.DONE);
    }

    private void end(long code) {
        conversation.close(code, code == CloseCode.DONE ? "done" : "not a frame");
        whenGone.accept(this);
    }

    private void checkOpen() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the link is closed");
            }
            if (peerEnded) {
                throw new IOException("the peer has ended the link");
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
        if (isCutOff) {
            throw new IOException("a frame was cut off");
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitUntil(BooleanSupplier reached) throws IOException {
        try {
            while (!reached.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a frame", e);
        }
    }
}
