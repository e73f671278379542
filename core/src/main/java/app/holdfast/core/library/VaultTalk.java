package app.holdfast.core.library;

import app.holdfast.core.exchange.ExchangeException;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Messages about a vault over one link, each awaited for a limited time. Confined to the thread that holds the
/// conversation.
final class VaultTalk {

    /// How long a program may take for its next message.
    static final Duration PROGRAM = Duration.ofSeconds(20);

    private final Link link;
    private final ExecutorService work;

    VaultTalk(Link link, ExecutorService work) {
        this.link = link;
        this.work = work;
    }

    void say(ExchangeMessage message) throws IOException {
        link.send(message.encode());
    }

    void say(Collection<? extends ExchangeMessage> messages) throws IOException {
        for (ExchangeMessage message : messages) {
            say(message);
        }
    }

    /// @throws IOException       when nothing comes in time, or the link ends
    /// @throws ExchangeException when it is no message
    ExchangeMessage next(Duration longest) throws IOException, ExchangeException {
        Future<byte[]> frame = work.submit(() -> {
            byte[] received = link.receive();
            return received == null ? new byte[0] : received;
        });
        try {
            byte[] bytes = frame.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (bytes.length == 0) {
                throw new IOException("the other device ended the conversation");
            }
            return ExchangeMessage.decode(bytes);
        } catch (TimeoutException e) {
            link.close();
            throw new IOException("nothing came within " + longest.toSeconds() + " s", e);
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
