package tech.kwik.agent15.engine;

import java.security.cert.X509Certificate;

/// Named by kwik; never asked here, because a peer is known by its key and not by a host's name.
public interface HostnameVerifier {

    boolean verify(String hostname, X509Certificate certificate);
}
