package tech.kwik.agent15.engine;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// This side's own key, on its way from kwik's builder to the client's handshake.
public final class CertificateWithPrivateKey {

    private final X509Certificate certificate;
    private final PrivateKey privateKey;

    public CertificateWithPrivateKey(X509Certificate certificate, PrivateKey privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
    }

    public X509Certificate getCertificate() {
        return certificate;
    }

    public PrivateKey getPrivateKey() {
        return privateKey;
    }
}
