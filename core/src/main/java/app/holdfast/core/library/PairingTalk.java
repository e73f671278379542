package app.holdfast.core.library;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.pairing.PairingMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/// Messages of one pairing over one link, each awaited for a limited time. Confined to the thread that holds the
/// conversation.
final class PairingTalk {

    /// How long a program may take for its answer.
    static final Duration ANSWER = Duration.ofSeconds(10);
    /// How long a person may take, and the program around it.
    static final Duration PERSON = Duration.ofSeconds(70);

    private final TimedLink link;

    PairingTalk(Link link, ExecutorService work) {
        this.link = new TimedLink(link, work);
    }

    /// @throws RefusedException when the other side had refused and left before
    void say(PairingMessage message) throws IOException, RefusedException {
        try {
            link.send(message.encode(), TimedLink.TAKING);
        } catch (IOException lost) {
            if (next(ANSWER) instanceof PairingMessage.Refused(PairingMessage.Reason reason)) {
                throw new RefusedException(reason);
            }
            throw lost;
        }
    }

    /// The next message, which must be of this kind.
    ///
    /// @throws RefusedException when the other side refuses instead
    /// @throws IOException      when nothing comes in time, the link is lost, or it is something else
    <T extends PairingMessage> T await(Class<T> kind, Duration longest) throws IOException, RefusedException {
        PairingMessage message = next(longest);
        if (message instanceof PairingMessage.Refused(PairingMessage.Reason reason)) {
            throw new RefusedException(reason);
        }
        if (!kind.isInstance(message)) {
            throw new IOException("expected " + kind.getSimpleName() + ", got " + message.getClass().getSimpleName());
        }
        return kind.cast(message);
    }

    private PairingMessage next(Duration longest) throws IOException {
        try {
            return PairingMessage.decode(link.next(longest));
        } catch (CborException e) {
            throw new IOException("nonsense: " + e.getMessage(), e);
        }
    }

    /// The other side said no.
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        private final PairingMessage.Reason reason;

        RefusedException(PairingMessage.Reason reason) {
            super(reason.name());
            this.reason = reason;
        }

        PairingMessage.Reason reason() {
            return reason;
        }
    }
}
