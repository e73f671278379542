package app.holdfast.core.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.quic.QuicException.Cause;
import app.holdfast.tls.Credentials;
import app.holdfast.tls.EndpointKeyStore;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

class QuicConversationTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Credentials HOST = Credentials.fromSeed(new byte[Credentials.SEED_BYTES]);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void aPeerThatAllowsNoStreamIsNotWaitedForForEver() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(ANY_PORT); QuicEndpoint dialler = dialler()) {
            ServerConnector host = hostWithoutStreams(socket);
            QuicConversation conversation = dialler.dial(DeviceId.of(HOST.publicKey().bytes()),
                    (InetSocketAddress) socket.getLocalSocketAddress(), "none", LONG);

            var failure = catchThrowableOfType(QuicException.class, () -> conversation.open(Duration.ofMillis(10)));

            assertThat(failure.reason()).isEqualTo(Cause.LOST);
            host.close();
        }
    }

    @Test
    void theEndOfTheConnectionEndsTheWaitForAStream() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(ANY_PORT); QuicEndpoint dialler = dialler()) {
            ServerConnector host = hostWithoutStreams(socket);
            QuicConversation conversation = dialler.dial(DeviceId.of(HOST.publicKey().bytes()),
                    (InetSocketAddress) socket.getLocalSocketAddress(), "none", LONG);

            ConversationThread.start("ends", () -> conversation.close(0, "no more"));
            var failure = catchThrowableOfType(QuicException.class, () -> conversation.open(LONG));

            assertThat(failure.reason()).isEqualTo(Cause.CLOSED_HERE);
            host.close();
        }
    }

    private static QuicEndpoint dialler() throws Exception {
        byte[] seed = new byte[Credentials.SEED_BYTES];
        seed[0] = 1;
        return QuicEndpoint.open(Credentials.fromSeed(seed), ANY_PORT, List.of("none"), (peer, protocol) -> false,
                accepted -> {});
    }

    private static ServerConnector hostWithoutStreams(DatagramSocket socket) throws Exception {
        ServerConnector host = ServerConnector.builder().withSocket(socket)
                .withKeyStore(new EndpointKeyStore(HOST, (connection, peer, protocol) -> true), "", new char[0])
                .withConfiguration(ServerConnectionConfig.builder().maxOpenPeerInitiatedBidirectionalStreams(0).build())
                .withLogger(new KwikLog())
                .build();
        host.registerApplicationProtocol("none", new NoStreams());
        host.start();
        return host;
    }

    private static final class NoStreams implements ApplicationProtocolConnectionFactory {

        @Override
        public ApplicationProtocolConnection createConnection(String protocol, QuicConnection connection) {
            return new ApplicationProtocolConnection() {};
        }

        @Override
        public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return 0;
        }
    }
}
