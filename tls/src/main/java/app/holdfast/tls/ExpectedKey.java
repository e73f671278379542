package app.holdfast.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/// A client's rule: the server holds this key, or there is no connection.
public final class ExpectedKey implements X509TrustManager {

    private final RawPublicKey expected;

    public ExpectedKey(RawPublicKey expected) {
        this.expected = expected;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length != 1 || !expected.equals(chain[0])) {
            throw new CertificateException("another device answered");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client's rule");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
