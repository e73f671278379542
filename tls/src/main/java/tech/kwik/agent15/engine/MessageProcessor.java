package tech.kwik.agent15.engine;

import java.io.IOException;

import tech.kwik.agent15.ProtectionKeysType;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateRequestMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.agent15.handshake.NewSessionTicketMessage;
import tech.kwik.agent15.handshake.ServerHello;

/// Takes the peer's messages one by one, each with the encryption level at which it arrived.
public interface MessageProcessor {

    void received(ClientHello message, ProtectionKeysType level) throws TlsProtocolException, IOException;

    void received(ServerHello message, ProtectionKeysType level) throws TlsProtocolException, IOException;

    void received(EncryptedExtensions message, ProtectionKeysType level) throws TlsProtocolException, IOException;

    void received(CertificateMessage message, ProtectionKeysType level) throws TlsProtocolException, IOException;

    void received(CertificateVerifyMessage message, ProtectionKeysType level) throws TlsProtocolException, IOException;

    void received(FinishedMessage message, ProtectionKeysType level) throws TlsProtocolException, IOException;

    void received(NewSessionTicketMessage message, ProtectionKeysType level) throws TlsProtocolException, IOException;

    void received(CertificateRequestMessage message, ProtectionKeysType level) throws TlsProtocolException, IOException;
}
