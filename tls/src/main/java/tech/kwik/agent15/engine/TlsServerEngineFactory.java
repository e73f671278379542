package tech.kwik.agent15.engine;

import java.io.InputStream;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.spec.InvalidKeySpecException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

import app.holdfast.tls.EndpointKeyStore;
import app.holdfast.tls.ServerHandshake;

/// Where kwik gets the server's side of each handshake. Any thread may ask.
public final class TlsServerEngineFactory {

    private final EndpointKeyStore store;

    /// Exists because kwik names it.
    ///
    /// @throws CertificateException always: a certificate is not a raw public key
    public TlsServerEngineFactory(InputStream certificate, InputStream key)
            throws IOException, CertificateException, InvalidKeySpecException {
        throw new CertificateException("only raw public keys are used here, in an EndpointKeyStore");
    }

    /// @param store an `EndpointKeyStore`; the other arguments say nothing
    /// @throws CertificateException when it is any other key store
    public TlsServerEngineFactory(KeyStore store, String alias, char[] password, @Nullable String curve)
            throws CertificateException {
        if (!(store instanceof EndpointKeyStore endpoint)) {
            throw new CertificateException("only raw public keys are used here, in an EndpointKeyStore");
        }
        this.store = endpoint;
    }

    /// @throws IllegalStateException when too many handshakes are unfinished; kwik then drops the client's packet
    public TlsServerEngine createServerEngine(ServerMessageSender sender, TlsStatusEventHandler handler) {
        var handshake =
                new ServerHandshake(sender, handler, store.credentials(), store.admission(), store.limit());
        if (!store.limit().begin(handshake)) {
            throw new IllegalStateException("too many clients are in the middle of a handshake");
        }
        return handshake;
    }

    public void dispose() {}
}
