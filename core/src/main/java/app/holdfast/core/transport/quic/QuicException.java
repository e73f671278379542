package app.holdfast.core.transport.quic;

import java.io.IOException;

/// A connection could not be made, or has ended.
public final class QuicException extends IOException {

    /// Which of the ends a connection can come to.
    public enum Cause {
        /// Nobody answered, or not in time.
        UNREACHABLE,
        /// Who answered holds another key than the one expected.
        OTHER_KEY,
        /// The peer does not admit us.
        DENIED,
        /// The peer does not speak this protocol.
        OTHER_PROTOCOL,
        /// The peer broke the rules of QUIC or TLS, or says that we did.
        BROKEN,
        /// The peer closed the connection, with an application code.
        CLOSED_BY_PEER,
        /// This side closed it.
        CLOSED_HERE,
        /// Nothing was heard of the peer for too long: it was killed, or the network is gone.
        LOST
    }

    private final Cause cause;

    QuicException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    public Cause reason() {
        return cause;
    }
}
