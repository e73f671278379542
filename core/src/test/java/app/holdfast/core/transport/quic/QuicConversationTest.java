package app.holdfast.core.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.quic.QuicException.Cause;
import app.holdfast.tls.Credentials;
import app.holdfast.tls.EndpointKeyStore;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.impl.QuicConnectionImpl;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnection;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/// The side that dialled, with a host of kwik's own that echoes.
class QuicConversationTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Credentials HOST = Credentials.fromSeed(new byte[Credentials.SEED_BYTES]);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CompletableFuture<InetSocketAddress> diallers = new CompletableFuture<>();
    private DatagramSocket socket;
    private QuicEndpoint dialler;
    private ServerConnector host;

    @BeforeEach
    void open() throws Exception {
        socket = new DatagramSocket(ANY_PORT);
        byte[] seed = new byte[Credentials.SEED_BYTES];
        seed[0] = 1;
        dialler = QuicEndpoint.open(Credentials.fromSeed(seed), ANY_PORT, List.of("none"), (peer, protocol) -> false,
                accepted -> {});
    }

    @AfterEach
    void close() {
        dialler.close();
        host.close();
        socket.close();
    }

    private QuicConversation dial(int streams) throws Exception {
        host = ServerConnector.builder().withSocket(socket)
                .withKeyStore(new EndpointKeyStore(HOST, (connection, peer, protocol) -> true), "", new char[0])
                .withConfiguration(ServerConnectionConfig.builder()
                        .maxOpenPeerInitiatedBidirectionalStreams(streams).build())
                .withLogger(new KwikLog())
                .build();
        host.registerApplicationProtocol("none", new Echoing(streams));
        host.start();
        return dialler.dial(DeviceId.of(HOST.publicKey().bytes()), (InetSocketAddress) socket.getLocalSocketAddress(),
                "none", LONG);
    }

    @Test
    void aPeerThatAllowsNoStreamIsNotWaitedForForEver() throws Exception {
        QuicConversation conversation = dial(0);

        var failure = catchThrowableOfType(QuicException.class, () -> conversation.open(Duration.ofMillis(10)));

        assertThat(failure.reason()).isEqualTo(Cause.LOST);
    }

    @Test
    void theEndOfTheConnectionEndsTheWaitForAStream() throws Exception {
        QuicConversation conversation = dial(0);

        ConversationThread.start("ends", () -> conversation.close(0, "no more"));
        var failure = catchThrowableOfType(QuicException.class, () -> conversation.open(LONG));

        assertThat(failure.reason()).isEqualTo(Cause.CLOSED_HERE);
    }

    @Test
    void datagramsThatAreNoPacketsEndNothing() throws Exception {
        QuicConversation conversation = dial(1);
        conversation.open(LONG);
        InetSocketAddress to = diallers.get(LONG.toSeconds(), TimeUnit.SECONDS);
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("packet fuzz seed " + seed);
        Random random = new Random(seed);

        for (int version : List.of(1, 0x6b3343cf, 0, 2, 0xff00001d)) {
            for (int flags : List.of(0, 0x40, 0xC0, 0xD0, 0xE0, 0xF0)) {
                for (int length = 1; length < 60; length++) {
                    send(datagram(random, flags, version, length), to);
                }
            }
        }
        for (String known : List.of("d06b3343cf0401020304", "c0000000020401020304", "d06b3343cf0101000040",
                "d06b3343cf00000003070707e00102030405060708", "d06b3343cf0000000307070740010203040506070809")) {
            send(HexFormat.of().parseHex(known), to);
        }
        conversation.out().write(42);

        assertThat(conversation.in().read()).isEqualTo(42);
        assertThat(conversation.hasEnded()).isFalse();
    }

    /// Random behind its first bytes, and for every other length nothing but zeros.
    private static byte[] datagram(Random random, int flags, int version, int length) {
        byte[] bytes = new byte[length + 5];
        if (length % 2 == 0) {
            random.nextBytes(bytes);
        }
        ByteBuffer.wrap(bytes).put((byte) flags).putInt(version);
        return Arrays.copyOf(bytes, length);
    }

    private void send(byte[] bytes, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Test
    void whatFailsInsideIsTold() throws Exception {
        QuicConversation conversation = dial(1);
        conversation.open(LONG);

        ((QuicConnectionImpl) conversation.connection()).abortConnection(new IllegalStateException("a defect"));
        ((QuicConnectionImpl) conversation.connection()).abortConnection(new IllegalStateException("another"));

        assertThat(conversation.ending().reason()).isEqualTo(Cause.LOST);
    }

    private final class Echoing implements ApplicationProtocolConnectionFactory {
        private final int streams;

        private Echoing(int streams) {
            this.streams = streams;
        }

        @Override
        public ApplicationProtocolConnection createConnection(String protocol, QuicConnection connection) {
            diallers.complete(((ServerConnection) connection).getInitialRemoteAddress());
            return new ApplicationProtocolConnection() {
                @Override
                public void acceptPeerInitiatedStream(QuicStream stream) {
                    ConversationThread.start("echo", () -> echo(stream));
                }
            };
        }

        private static void echo(QuicStream stream) {
            try {
                stream.getInputStream().transferTo(stream.getOutputStream());
            } catch (IOException e) {
                // the test is over
            }
        }

        @Override
        public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return streams;
        }
    }
}
