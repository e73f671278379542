package tech.kwik.agent15.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

import app.holdfast.tls.wire.WireReader;
import tech.kwik.agent15.ProtectionKeysType;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.extension.ExtensionParser;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateRequestMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.agent15.handshake.HandshakeMessage;
import tech.kwik.agent15.handshake.NewSessionTicketMessage;
import tech.kwik.agent15.handshake.ServerHello;

/// Turns the bytes of one message, which kwik has cut out of the CRYPTO stream and limited in length, into a message
/// and hands that to an engine.
public final class TlsMessageParser {

    private final ExtensionParser custom;

    public TlsMessageParser(ExtensionParser custom) {
        this.custom = custom;
    }

    /// @param buffer header and body of one message; read to its end
    /// @throws TlsProtocolException when it is not a message that may come in a handshake over QUIC, or the engine
    ///     refuses it
    public HandshakeMessage parseAndProcessHandshakeMessage(ByteBuffer buffer, MessageProcessor engine,
            ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        byte[] encoding = new byte[buffer.remaining()];
        buffer.get(encoding);
        WireReader reader = new WireReader(encoding);
        int type = reader.u8("message type");
        reader.vector24("message");
        reader.end("message");
        return switch (type) {
            case 1 -> {
                ClientHello message = ClientHello.parse(encoding, custom);
                engine.received(message, level);
                yield message;
            }
            case 2 -> {
                ServerHello message = ServerHello.parse(encoding);
                engine.received(message, level);
                yield message;
            }
            case 4 -> {
                NewSessionTicketMessage message = new NewSessionTicketMessage();
                engine.received(message, level);
                yield message;
            }
            case 8 -> {
                EncryptedExtensions message = EncryptedExtensions.parse(encoding, custom);
                engine.received(message, level);
                yield message;
            }
            case 11 -> {
                CertificateMessage message = CertificateMessage.parse(encoding);
                engine.received(message, level);
                yield message;
            }
            case 13 -> {
                CertificateRequestMessage message = CertificateRequestMessage.parse(encoding);
                engine.received(message, level);
                yield message;
            }
            case 15 -> {
                CertificateVerifyMessage message = CertificateVerifyMessage.parse(encoding);
                engine.received(message, level);
                yield message;
            }
            case 20 -> {
                FinishedMessage message = FinishedMessage.parse(encoding);
                engine.received(message, level);
                yield message;
            }
            // among them KeyUpdate (24), which QUIC forbids: RFC 9001 section 6
            default -> throw new ErrorAlert("message of type " + type, AlertDescription.unexpected_message);
        };
    }
}
