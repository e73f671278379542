package tech.kwik.agent15.engine;

import java.util.List;

import tech.kwik.agent15.NewSessionTicket;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.extension.Extension;

/// What a connection of kwik wants to know about its handshake. On the server's side the same object is the
/// connection that the application is given.
public interface TlsStatusEventHandler {

    void earlySecretsKnown();

    void handshakeSecretsKnown();

    void handshakeFinished();

    void newSessionTicketReceived(NewSessionTicket ticket);

    void extensionsReceived(List<Extension> extensions) throws TlsProtocolException;

    boolean isEarlyDataAccepted();
}
