package app.holdfast.core.transport.quic;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.quic.QuicException.Cause;
import app.holdfast.tls.Credentials;
import app.holdfast.tls.EndpointKeyStore;
import app.holdfast.tls.ExpectedKey;
import app.holdfast.tls.RawPublicKey;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;
import tech.kwik.core.server.impl.ServerConnectorImpl;

/// One UDP port that answers, and the connections that it accepted or that were dialled from here.
public final class QuicEndpoint implements AutoCloseable {

    /// A connection ends when nothing was heard of the peer for this long. The dialling side says something every 3
    /// s, so at most 13 s after a peer was killed its connection is gone. Iroh's own is 30 s; the smaller of the two
    /// counts (RFC 9000 section 10.1).
    public static final Duration IDLE = Duration.ofSeconds(10);
    /// Bytes that a peer may send before they are read, on its one stream.
    static final long WINDOW_BYTES = 4 << 20;
    /// The same for the whole connection. It must be much larger: kwik does not repeat a lost MAX_DATA.
    static final long CONNECTION_WINDOW_BYTES = 10 * WINDOW_BYTES;
    /// How long closing waits for the peers to take note.
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Credentials own;
    private final EndpointSocket socket;
    private final Acceptor acceptor;
    private final ServerConnector connector;
    private final Set<QuicConversation> dialled = ConcurrentHashMap.newKeySet();

    /// @param admits   asked inside the handshake, on a thread of kwik, with the peer and the protocol
    /// @param accepted called on a virtual thread of its own with each admitted peer's conversation
    /// @throws IOException when the address cannot be bound
    public static QuicEndpoint open(Credentials own, InetSocketAddress bind, List<String> protocols,
            BiPredicate<DeviceId, String> admits, Consumer<QuicConversation> accepted) throws IOException {
        EndpointSocket socket = new EndpointSocket(bind);
        Acceptor acceptor = new Acceptor(admits, accepted);
        try {
            ServerConnector connector = ServerConnector.builder()
                    .withSocket(socket)
                    .withKeyStore(new EndpointKeyStore(own, acceptor::admits), "", new char[0])
                    .withConfiguration(configuration())
                    .withLogger(new KwikLog())
                    .build();
            protocols.forEach(protocol -> connector.registerApplicationProtocol(protocol, acceptor));
            connector.start();
            return new QuicEndpoint(own, socket, acceptor, connector);
        } catch (CertificateException e) {
            socket.close();
            throw new IllegalStateException("our own key store is refused", e);
        }
    }

    private static ServerConnectionConfig configuration() {
        return ServerConnectionConfig.builder()
                .maxIdleTimeout((int) IDLE.toMillis())
                .maxBidirectionalStreamBufferSize(WINDOW_BYTES)
                .maxUnidirectionalStreamBufferSize(WINDOW_BYTES)
                .maxConnectionBufferSize(CONNECTION_WINDOW_BYTES)
                .maxOpenPeerInitiatedBidirectionalStreams(1)
                .maxOpenPeerInitiatedUnidirectionalStreams(0)
                // a second round trip for each connection; what it would hold off, EndpointSocket and HandshakeLimit do
                .retryRequired(false)
                .connectionIdLength(8)
                .build();
    }

    private QuicEndpoint(Credentials own, EndpointSocket socket, Acceptor acceptor, ServerConnector connector) {
        this.own = own;
        this.socket = socket;
        this.acceptor = acceptor;
        this.connector = connector;
    }

    /// The address in use, its port never 0.
    public InetSocketAddress bound() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /// Connects and proves both keys; the stream is still to be opened. An interrupt gives up.
    ///
    /// @param longest a peer that does not answer in this time is not there
    /// @throws QuicException with the reason
    public QuicConversation dial(DeviceId expected, InetSocketAddress to, String protocol, Duration longest)
            throws IOException {
        QuicClientConnection connection = QuicClientConnection.newBuilder()
                .host(to.getAddress().getHostAddress())
                .port(to.getPort())
                .applicationProtocol(protocol)
                .socketFactory(server -> new EndpointSocket(localAddressFor(to)))
                .customTrustManager(new ExpectedKey(key(expected)))
                .clientCertificate(own.publicKey())
                .clientCertificateKey(own.privateKey())
                .connectTimeout(longest)
                .maxIdleTimeout(IDLE)
                .defaultStreamReceiveBufferSize(WINDOW_BYTES)
                .maxOpenPeerInitiatedBidirectionalStreams(0)
                .maxOpenPeerInitiatedUnidirectionalStreams(0)
                .logger(new KwikLog())
                .build();
        QuicConversation conversation = new QuicConversation(connection, expected, protocol, to, dialled::remove);
        dialled.add(conversation);
        connect(connection, conversation);
        ConversationThread.start("quic-keep-alive-" + expected, conversation::keepAlive);
        return conversation;
    }

    private void connect(QuicClientConnection connection, QuicConversation conversation) throws IOException {
        try {
            connection.connect();
        } catch (IOException e) {
            dialled.remove(conversation);
            QuicException reason = whyNotConnected(conversation, String.valueOf(e.getMessage()));
            reason.addSuppressed(e);
            throw reason;
        } catch (RuntimeException e) {
            // this, without a message, is how kwik says that the thread was interrupted
            dialled.remove(conversation);
            throw (IOException) new InterruptedIOException("dialling was given up").initCause(e);
        }
    }

    /// @param message what kwik says: nobody's answer in time, and a failure of its own, are not events
    private static QuicException whyNotConnected(QuicConversation conversation, String message) {
        if (!conversation.hasEnded() && message.contains("timed out")) {
            return new QuicException(Cause.UNREACHABLE, "nobody answers at " + conversation.remote());
        }
        return conversation.awaitEnding().orElseGet(() ->
                new QuicException(Cause.LOST, "the handshake with " + conversation.remote() + " broke off"));
    }

    private static RawPublicKey key(DeviceId id) throws QuicException {
        try {
            return RawPublicKey.of(id.bytes());
        } catch (CertificateException e) {
            throw new QuicException(Cause.OTHER_KEY, "no device can have this id: " + e.getMessage());
        }
    }

    /// An endpoint that was told to stay on one address does not leave from another.
    private InetSocketAddress localAddressFor(InetSocketAddress to) {
        InetSocketAddress bound = bound();
        boolean sameFamily = bound.getAddress().getClass() == to.getAddress().getClass();
        return bound.getAddress().isAnyLocalAddress() || !sameFamily
                ? new InetSocketAddress(0)
                : new InetSocketAddress(bound.getAddress(), 0);
    }

    /// Ends all connections and stops answering. Waits until it is so, at most a few seconds.
    @Override
    public void close() {
        dialled.forEach(conversation -> conversation.close(0, "closing"));
        dialled.forEach(conversation -> conversation.connection().closeAndWait(CLOSE));
        acceptor.closeAll();
        ServerConnectorImpl.DEFAULT_CLOSE_TIMEOUT_IN_SECONDS = (int) CLOSE.toSeconds();
        connector.close();
    }
}
