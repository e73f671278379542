package app.holdfast.core.library;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.pairing.PairingMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Messages of one pairing over one link, each awaited for a limited time. Confined to the thread that holds the
/// conversation.
final class PairingTalk {

    /// How long a program may take for its answer.
    static final Duration ANSWER = Duration.ofSeconds(10);
    /// How long a person may take, and the program around it.
    static final Duration PERSON = Duration.ofSeconds(70);

    private final Link link;
    private final ExecutorService work;

    PairingTalk(Link link, ExecutorService work) {
        this.link = link;
        this.work = work;
    }

    /// @throws RefusedException when the other side had refused and left before
    void say(PairingMessage message) throws IOException, RefusedException {
        try {
            link.send(message.encode());
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
        Future<byte[]> frame = work.submit(() -> {
            byte[] received = link.receive();
            return received == null ? new byte[0] : received;
        });
        try {
            byte[] bytes = frame.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (bytes.length == 0) {
                throw new IOException("the other device ended the conversation");
            }
            return PairingMessage.decode(bytes);
        } catch (TimeoutException e) {
            link.close();
            throw new IOException("no answer within " + longest.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException lost ? lost : new IOException(e.getCause());
        } catch (CborException e) {
            throw new IOException("nonsense: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
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
