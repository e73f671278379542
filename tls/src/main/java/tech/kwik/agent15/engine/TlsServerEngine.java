package tech.kwik.agent15.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.extension.Extension;

/// The server's side of a handshake, as kwik drives it.
public interface TlsServerEngine extends TlsEngine {

    void addSupportedCiphers(List<CipherSuite> ciphers);

    void addServerExtensions(Extension extension);

    void setSelectedApplicationLayerProtocol(String protocol);

    void setSessionData(byte[] data);

    void setSessionDataVerificationCallback(Function<ByteBuffer, Boolean> callback);

    CipherSuite getSelectedCipher();
}
