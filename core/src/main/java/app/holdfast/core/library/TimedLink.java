package app.holdfast.core.library;

import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Frames of one conversation over one link, each sent and awaited for a limited time; a link that lets it pass is
/// closed. Confined to the thread that holds the conversation.
final class TimedLink {

    /// How long the other side may leave a frame lie before it takes it.
    static final Duration TAKING = Duration.ofSeconds(60);

    private static final byte[] NONE = {};

    private final Link link;
    private final ExecutorService work;

    TimedLink(Link link, ExecutorService work) {
        this.link = link;
        this.work = work;
    }

    /// @throws IOException when the other side does not take it in time, or the link is lost
    void send(byte[] frame, Duration longest) throws IOException {
        within(longest, "the other device took nothing within ", () -> {
            link.send(frame);
            return NONE;
        });
    }

    /// @throws IOException when nothing comes in time, or the link ends or is lost
    byte[] next(Duration longest) throws IOException {
        byte[] frame = within(longest, "nothing came within ", () -> {
            byte[] received = link.receive();
            return received == null ? NONE : received;
        });
        if (frame.length == 0) {
            throw new IOException("the other device ended the conversation");
        }
        return frame;
    }

    private byte[] within(Duration longest, String late, Callable<byte[]> step) throws IOException {
        Future<byte[]> result = work.submit(step);
        try {
            return result.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            link.close();
            throw new IOException(late + longest.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// A mistake is none of the network's.
    private static IOException cause(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException lost -> lost;
            case RuntimeException mistake -> throw mistake;
            case Error mistake -> throw mistake;
            case null, default -> new IOException(e.getCause());
        };
    }
}
