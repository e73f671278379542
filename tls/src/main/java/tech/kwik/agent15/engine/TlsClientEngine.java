package tech.kwik.agent15.engine;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;

import tech.kwik.agent15.NewSessionTicket;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsConstants.NamedGroup;
import tech.kwik.agent15.TlsConstants.SignatureScheme;
import tech.kwik.agent15.extension.Extension;

/// The client's side of a handshake, as kwik drives it.
public interface TlsClientEngine extends TlsEngine {

    void setServerName(String name);

    void addSupportedCiphers(List<CipherSuite> ciphers);

    void add(Extension extension);

    void setTrustManager(X509TrustManager trustManager);

    void setHostnameVerifier(HostnameVerifier verifier);

    void setNewSessionTicket(NewSessionTicket ticket);

    void setClientCertificateCallback(Function<List<X500Principal>, CertificateWithPrivateKey> callback);

    void startHandshake(NamedGroup group, List<SignatureScheme> schemes) throws IOException;

    CipherSuite getSelectedCipher();

    List<X509Certificate> getServerCertificateChain();
}
