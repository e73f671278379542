package tech.kwik.agent15.engine;

import java.io.IOException;

import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.FinishedMessage;

/// kwik's side of a client: puts messages into CRYPTO frames.
public interface ClientMessageSender {

    void send(ClientHello message) throws IOException;

    void send(CertificateMessage message) throws IOException;

    void send(CertificateVerifyMessage message);

    void send(FinishedMessage message) throws IOException;
}
