package app.holdfast.tls;

import java.security.KeyStore;

/// Carries a server's key and its rule of admission through kwik's builder, which takes a `KeyStore`.
///
/// As a key store it holds nothing: it was never loaded, so each of its inherited methods throws.
public final class EndpointKeyStore extends KeyStore {

    private final Credentials credentials;
    private final Admission admission;
    private final HandshakeLimit limit = new HandshakeLimit();

    public EndpointKeyStore(Credentials credentials, Admission admission) {
        super(null, null, "raw-public-key");
        this.credentials = credentials;
        this.admission = admission;
    }

    public Credentials credentials() {
        return credentials;
    }

    public Admission admission() {
        return admission;
    }

    public HandshakeLimit limit() {
        return limit;
    }
}
