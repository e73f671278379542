package app.holdfast.core.transport.quic;

import app.holdfast.core.transport.quic.QuicException.Cause;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.core.ConnectionTerminatedEvent;

/// What the end of a connection means.
final class QuicEnding {

    /// TLS alerts are transport errors from here on (RFC 9001 section 4.8).
    private static final long CRYPTO_ERROR = 0x100;
    private static final long CRYPTO_ERROR_MAX = 0x1ff;

    private QuicEnding() {}

    static QuicException of(ConnectionTerminatedEvent event) {
        return switch (event.closeReason()) {
            case IdleTimeout, ConnectionLost, StatelessReset ->
                    new QuicException(Cause.LOST, "the connection was lost: nothing was heard of the peer");
            case ImmediateClose -> closed(event);
        };
    }

    private static QuicException closed(ConnectionTerminatedEvent event) {
        if (event.hasTransportError()) {
            return failed(event.transportErrorCode(), event.closedByPeer());
        }
        if (event.closedByPeer()) {
            String code = event.hasApplicationError() ? " with code " + event.applicationErrorCode() : "";
            return new QuicException(Cause.CLOSED_BY_PEER, "the peer closed the connection" + code);
        }
        return new QuicException(Cause.CLOSED_HERE, "the connection was closed here");
    }

    private static QuicException failed(long code, boolean byPeer) {
        if (code >= CRYPTO_ERROR && code <= CRYPTO_ERROR_MAX) {
            AlertDescription alert = ConnectionTerminatedEvent.alertFromValue((int) (code - CRYPTO_ERROR));
            if (alert == AlertDescription.unknown_ca && !byPeer) {
                return new QuicException(Cause.OTHER_KEY, "another device answered than the one expected");
            }
            if (alert == AlertDescription.access_denied && byPeer) {
                return new QuicException(Cause.DENIED, "the device does not let us in");
            }
            if (alert == AlertDescription.no_application_protocol) {
                return new QuicException(Cause.OTHER_PROTOCOL, "the device does not speak this protocol");
            }
        }
        return new QuicException(Cause.BROKEN, (byPeer ? "the peer ended" : "this side ended")
                + " the connection with QUIC error 0x" + Long.toHexString(code));
    }
}
