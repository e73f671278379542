package app.holdfast.core.library;

import app.holdfast.core.exchange.ExchangeException;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutorService;

/// Messages about a vault over one link, each awaited for a limited time. Confined to the thread that holds the
/// conversation.
final class VaultTalk {

    /// How long a program may take for its next message.
    static final Duration PROGRAM = Duration.ofSeconds(20);

    private final TimedLink link;

    VaultTalk(Link link, ExecutorService work) {
        this.link = new TimedLink(link, work);
    }

    void say(ExchangeMessage message) throws IOException {
        link.send(message.encode(), TimedLink.TAKING);
    }

    void say(Collection<? extends ExchangeMessage> messages) throws IOException {
        for (ExchangeMessage message : messages) {
            say(message);
        }
    }

    /// @throws IOException       when nothing comes in time, or the link ends
    /// @throws ExchangeException when it is no message
    ExchangeMessage next(Duration longest) throws IOException, ExchangeException {
        return ExchangeMessage.decode(link.next(longest));
    }
}
