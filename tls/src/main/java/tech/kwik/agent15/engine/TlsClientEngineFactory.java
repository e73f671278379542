package tech.kwik.agent15.engine;

import app.holdfast.tls.ClientHandshake;

/// Where kwik gets the client's side of a handshake.
public final class TlsClientEngineFactory {

    private TlsClientEngineFactory() {}

    public static TlsClientEngine createClientEngine(ClientMessageSender sender, TlsStatusEventHandler handler) {
        return new ClientHandshake(sender, handler);
    }
}
