package tech.kwik.agent15.handshake;

/// RFC 8446 section 4.6.1. Nothing of it is kept: kwik holds on to every message of a connection, and a ticket of 64
/// kB is of no use here.
public final class NewSessionTicketMessage extends HandshakeMessage {

    public NewSessionTicketMessage() {
        super(new byte[0]);
    }
}
