package app.holdfast.kwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.tls.Credentials;
import app.holdfast.tls.EndpointKeyStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.core.ConnectionConfig;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.common.EncryptionLevel;
import tech.kwik.core.crypto.CryptoStream;
import tech.kwik.core.frame.CryptoFrame;
import tech.kwik.core.frame.QuicFrame;
import tech.kwik.core.frame.StreamFrame;
import tech.kwik.core.impl.QuicConnectionImpl;
import tech.kwik.core.impl.Role;
import tech.kwik.core.impl.VersionHolder;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.send.Sender;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;
import tech.kwik.core.stream.FlowControl;
import tech.kwik.core.stream.StreamManager;

/// That a mend is in its place is checked while building; here is that it mends.
class MendedKwikTest {

    @Test
    void aSocketThatFailsDoesNotEndTheProgram() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        DatagramSocket socket = new FailingSocket(failed);
        Credentials key = Credentials.fromSeed(new byte[Credentials.SEED_BYTES]);
        ServerConnector server = ServerConnector.builder().withSocket(socket)
                .withKeyStore(new EndpointKeyStore(key, (connection, peer, protocol) -> true), "", new char[0])
                .withConfiguration(ServerConnectionConfig.builder().maxOpenPeerInitiatedBidirectionalStreams(1).build())
                .withLogger(new NullLogger())
                .build();

        server.start();

        // an unmended kwik calls System.exit(9), and this test is never heard of again
        assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("receiver")) {
                thread.join();
            }
        }
        server.close();
    }

    /// The sides of a handshake write on one thread and send on another.
    @Test
    void messagesOfAHandshakeThatAreWrittenWhileOthersAreSentLeaveInOrder() throws Exception {
        int messages = 100_000;
        WaitingFrames waiting = new WaitingFrames(new LinkedBlockingQueue<>());
        CryptoStream stream = new CryptoStream(VersionHolder.withDefault(), EncryptionLevel.Handshake, Role.Server,
                null, new NullLogger(), waiting.sender());
        Thread writer = Thread.ofPlatform().daemon().start(() -> {
            for (int number = 0; number < messages; number++) {
                stream.write(FinishedMessage.of(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()), true);
                while (waiting.waiting.size() > 1) {
                    Thread.onSpinWait(); // or all would be written before the first is sent
                }
            }
        });

        ByteArrayOutputStream left = new ByteArrayOutputStream();
        int expected = messages * FinishedMessage.of(new byte[Integer.BYTES]).getBytes().length;
        while (left.size() < expected) {
            if (waiting.next(1200) instanceof CryptoFrame frame) {
                assertThat(frame.getOffset()).isEqualTo(left.size());
                left.write(frame.getStreamData());
            }
        }

        writer.join();
        ByteBuffer sent = ByteBuffer.wrap(left.toByteArray());
        for (int number = 0; number < messages; number++) {
            byte[] message = new byte[expected / messages];
            sent.get(message);
            assertThat(ByteBuffer.wrap(FinishedMessage.parse(message).verifyData()).getInt()).isEqualTo(number);
        }
    }

    @Test
    void whoReadsAStreamThatWasMadeAfterTheEndIsTold() throws Exception {
        QuicClientConnection connection = QuicClientConnection.newBuilder()
                .uri(URI.create("https://127.0.0.1:9")).applicationProtocol("none").build();
        ConnectionConfig config = ServerConnectionConfig.builder().maxOpenPeerInitiatedBidirectionalStreams(1).build();
        ExecutorService callbacks = Executors.newSingleThreadExecutor();
        StreamManager streams = new StreamManager((QuicConnectionImpl) connection, Role.Client, new NullLogger(),
                config, callbacks);
        streams.setFlowController(new FlowControl(Role.Client, 1000, 1000, 1000, 1000));
        streams.setInitialMaxStreamsBidi(1);

        streams.abortAll();
        QuicStream own = streams.createStream(true);
        CompletableFuture<QuicStream> peers = new CompletableFuture<>();
        streams.setPeerInitiatedStreamCallback(peers::complete);
        streams.process(new StreamFrame(1, new byte[0], false));

        for (QuicStream stream : List.of(own, peers.get(60, TimeUnit.SECONDS))) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return stream.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> read.get(60, TimeUnit.SECONDS)).hasStackTraceContaining("Connection closed");
        }
        callbacks.shutdown();
    }

    /// What a stream asks to be sent, until a thread takes it.
    private record WaitingFrames(BlockingQueue<Function<Integer, QuicFrame>> waiting) {

        /// @return null when what there was left with an earlier frame
        QuicFrame next(int sizeMax) throws InterruptedException {
            Function<Integer, QuicFrame> frame = waiting.poll(60, TimeUnit.SECONDS);
            assertThat(frame).as("there is more to be sent").isNotNull();
            return frame.apply(sizeMax);
        }

        /// Takes frames that are made when they are sent, and nothing else that a stream could ask for.
        @SuppressWarnings("unchecked")
        Sender sender() {
            return (Sender) Proxy.newProxyInstance(Sender.class.getClassLoader(), new Class<?>[] {Sender.class},
                    (_, method, arguments) -> {
                        boolean isFrame = method.getName().equals("send") && arguments[0] instanceof Function<?, ?>;
                        assertThat(isFrame || method.getName().equals("flush")).as(method.toString()).isTrue();
                        if (isFrame) {
                            waiting.add((Function<Integer, QuicFrame>) arguments[0]);
                        }
                        return null;
                    });
        }
    }

    private static final class FailingSocket extends DatagramSocket {

        private final CountDownLatch failed;

        FailingSocket(CountDownLatch failed) throws IOException {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            this.failed = failed;
        }

        @Override
        public void receive(DatagramPacket packet) throws IOException {
            failed.countDown();
            throw new IOException("the network is gone");
        }
    }
}
