package tech.kwik.agent15.engine;

import java.io.IOException;

import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.agent15.handshake.NewSessionTicketMessage;
import tech.kwik.agent15.handshake.ServerHello;

/// kwik's side of a server: puts messages into CRYPTO frames.
public interface ServerMessageSender {

    void send(ServerHello message) throws IOException;

    void send(EncryptedExtensions message) throws IOException;

    void send(CertificateMessage message) throws IOException;

    void send(CertificateVerifyMessage message) throws IOException;

    void send(FinishedMessage message) throws IOException;

    void send(NewSessionTicketMessage message) throws IOException;
}
