package app.holdfast.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import tech.kwik.agent15.NewSessionTicket;
import tech.kwik.agent15.ProtectionKeysType;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsConstants.NamedGroup;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.engine.CertificateWithPrivateKey;
import tech.kwik.agent15.engine.ClientMessageSender;
import tech.kwik.agent15.engine.MessageProcessor;
import tech.kwik.agent15.engine.ServerMessageSender;
import tech.kwik.agent15.engine.TlsMessageParser;
import tech.kwik.agent15.engine.TlsStatusEventHandler;
import tech.kwik.agent15.engine.TrafficSecrets;
import tech.kwik.agent15.extension.ApplicationLayerProtocolNegotiationExtension;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.agent15.handshake.HandshakeMessage;
import tech.kwik.agent15.handshake.NewSessionTicketMessage;
import tech.kwik.agent15.handshake.ServerHello;

/// A client and a server without a network: what one sends lies here as bytes until the test delivers it, changed or
/// not.
final class Conversation {

    static final String PROTOCOL = "test/1";
    static final ProtectionKeysType INITIAL = ProtectionKeysType.None;
    static final ProtectionKeysType HANDSHAKE = ProtectionKeysType.Handshake;

    /// One message on its way.
    record Sent(byte[] bytes, ProtectionKeysType level) {

        Sent with(byte[] other) {
            return new Sent(other, level);
        }

        Sent at(ProtectionKeysType other) {
            return new Sent(bytes, other);
        }

        int type() {
            return bytes[0];
        }
    }

    private static final Credentials CLIENT = credentials(1);
    private static final Credentials SERVER = credentials(2);

    final Credentials clientKey = CLIENT;
    final Credentials serverKey = SERVER;
    final List<Sent> fromClient = new ArrayList<>();
    final List<Sent> fromServer = new ArrayList<>();
    final HandshakeLimit limit = new HandshakeLimit();
    final Status clientStatus = new Status();
    final Status serverStatus = new Status();
    final ClientHandshake client;
    final ServerHandshake server;
    RawPublicKey admitted;

    Conversation() {
        this(true, CipherSuite.TLS_AES_128_GCM_SHA256);
    }

    Conversation(boolean admits, CipherSuite suite) {
        client = new ClientHandshake(new FromClient(), clientStatus);
        server = new ServerHandshake(new FromServer(), serverStatus, serverKey, (connection, peer, protocol) -> {
            admitted = peer;
            return admits && connection == serverStatus && protocol.equals(PROTOCOL);
        }, limit);
        limit.begin(server);
        clientStatus.engine = client;
        serverStatus.engine = server;
        serverStatus.onExtensions = () -> {
            server.setSelectedApplicationLayerProtocol(PROTOCOL);
            server.addServerExtensions(new ApplicationLayerProtocolNegotiationExtension(PROTOCOL));
        };
        client.addSupportedCiphers(List.of(suite));
        server.addSupportedCiphers(List.of(CipherSuite.values()));
        client.add(new ApplicationLayerProtocolNegotiationExtension(PROTOCOL));
        client.setTrustManager(new ExpectedKey(serverKey.publicKey()));
        client.setClientCertificateCallback(
                none -> new CertificateWithPrivateKey(clientKey.publicKey(), clientKey.privateKey()));
    }

    /// Up to and including the server's flight, which is not delivered.
    Conversation greeted() throws IOException, TlsProtocolException {
        client.startHandshake(NamedGroup.secp256r1, List.of());
        toServer(fromClient.removeFirst());
        return this;
    }

    /// Up to and including the client's flight, which is not delivered.
    Conversation answered() throws IOException, TlsProtocolException {
        greeted();
        toClient(take(fromServer));
        return this;
    }

    Conversation connected() throws IOException, TlsProtocolException {
        answered();
        toServer(take(fromClient));
        return this;
    }

    void toServer(List<Sent> messages) throws TlsProtocolException, IOException {
        for (Sent message : messages) {
            toServer(message);
        }
    }

    void toClient(List<Sent> messages) throws TlsProtocolException, IOException {
        for (Sent message : messages) {
            toClient(message);
        }
    }

    void toServer(Sent message) throws TlsProtocolException, IOException {
        deliver(message, server);
    }

    void toClient(Sent message) throws TlsProtocolException, IOException {
        deliver(message, client);
    }

    static List<Sent> take(List<Sent> messages) {
        List<Sent> taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }

    static Credentials credentials(long number) {
        byte[] seed = new byte[Credentials.SEED_BYTES];
        new Random(number).nextBytes(seed);
        return Credentials.fromSeed(seed);
    }

    static RawPublicKey key(byte[] bytes) {
        try {
            return RawPublicKey.of(bytes);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void deliver(Sent message, MessageProcessor engine) throws TlsProtocolException, IOException {
        new TlsMessageParser((buffer, context) -> null)
                .parseAndProcessHandshakeMessage(ByteBuffer.wrap(message.bytes()), engine, message.level());
    }

    /// A CRYPTO stream does not tell where one message of a write ends and the next begins; their headers do.
    private static void put(List<Sent> messages, HandshakeMessage message, ProtectionKeysType level) {
        ByteBuffer left = ByteBuffer.wrap(message.getBytes());
        while (left.hasRemaining()) {
            int length = 4 + (left.getInt(left.position()) & 0xffffff);
            messages.add(new Sent(Arrays.copyOfRange(left.array(), left.position(), left.position() + length), level));
            left.position(left.position() + length);
        }
    }

    /// What kwik's connection is told.
    static final class Status implements TlsStatusEventHandler {

        final List<byte[]> secrets = new ArrayList<>();
        Runnable onExtensions = () -> {};
        TrafficSecrets engine;
        boolean finished;

        @Override
        public void earlySecretsKnown() {}

        @Override
        public void handshakeSecretsKnown() {
            secrets.add(engine.getClientHandshakeTrafficSecret());
            secrets.add(engine.getServerHandshakeTrafficSecret());
        }

        @Override
        public void handshakeFinished() {
            secrets.add(engine.getClientApplicationTrafficSecret());
            secrets.add(engine.getServerApplicationTrafficSecret());
            finished = true;
        }

        @Override
        public void newSessionTicketReceived(NewSessionTicket ticket) {
            throw new AssertionError("no ticket is ever handed on");
        }

        @Override
        public void extensionsReceived(List<Extension> extensions) {
            onExtensions.run();
        }

        @Override
        public boolean isEarlyDataAccepted() {
            throw new AssertionError("nobody asks for early data");
        }
    }

    private final class FromClient implements ClientMessageSender {

        @Override
        public void send(ClientHello message) {
            put(fromClient, message, INITIAL);
        }

        @Override
        public void send(CertificateMessage message) {
            put(fromClient, message, HANDSHAKE);
        }

        @Override
        public void send(CertificateVerifyMessage message) {
            put(fromClient, message, HANDSHAKE);
        }

        @Override
        public void send(FinishedMessage message) {
            put(fromClient, message, HANDSHAKE);
        }
    }

    private final class FromServer implements ServerMessageSender {

        @Override
        public void send(ServerHello message) {
            put(fromServer, message, INITIAL);
        }

        @Override
        public void send(EncryptedExtensions message) {
            put(fromServer, message, HANDSHAKE);
        }

        @Override
        public void send(CertificateMessage message) {
            put(fromServer, message, HANDSHAKE);
        }

        @Override
        public void send(CertificateVerifyMessage message) {
            put(fromServer, message, HANDSHAKE);
        }

        @Override
        public void send(FinishedMessage message) {
            put(fromServer, message, HANDSHAKE);
        }

        @Override
        public void send(NewSessionTicketMessage message) {
            throw new AssertionError("no ticket is ever issued");
        }
    }
}
