package tech.kwik.agent15;

/// The peer, or this side, broke the rules of the handshake. kwik ends the connection.
public class TlsProtocolException extends Exception {

    public TlsProtocolException(String message) {
        super(message);
    }

    public TlsProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
