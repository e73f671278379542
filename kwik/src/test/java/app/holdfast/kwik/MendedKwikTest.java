package app.holdfast.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.tls.Credentials;
import app.holdfast.tls.EndpointKeyStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.core.common.EncryptionLevel;
import tech.kwik.core.common.PnSpace;
import tech.kwik.core.crypto.CryptoStream;
import tech.kwik.core.frame.CryptoFrame;
import tech.kwik.core.frame.QuicFrame;
import tech.kwik.core.impl.Role;
import tech.kwik.core.impl.VersionHolder;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.send.Sender;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

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
        WaitingFrames waiting = new WaitingFrames();
        CryptoStream stream = new CryptoStream(VersionHolder.withDefault(), EncryptionLevel.Handshake, Role.Server,
                null, new NullLogger(), waiting);
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int number = 0; number < messages; number++) {
                stream.write(FinishedMessage.of(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()), true);
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

    /// What a stream asks to be sent, until a thread takes it.
    private static final class WaitingFrames implements Sender {

        private final BlockingQueue<Function<Integer, QuicFrame>> waiting = new LinkedBlockingQueue<>();

        /// @return null when what there was left with an earlier frame
        QuicFrame next(int sizeMax) throws InterruptedException {
            Function<Integer, QuicFrame> frame = waiting.poll(60, TimeUnit.SECONDS);
            assertThat(frame).as("there is more to be sent").isNotNull();
            return frame.apply(sizeMax);
        }

        @Override
        public void send(Function<Integer, QuicFrame> frame, int sizeMin, EncryptionLevel level,
                Consumer<QuicFrame> lost) {
            waiting.add(frame);
        }

        @Override
        public void flush() {
            // taken as soon as it is there
        }

        @Override
        public void send(QuicFrame frame, EncryptionLevel level) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(QuicFrame frame, EncryptionLevel level, Consumer<QuicFrame> lost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setInitialToken(byte[] token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendAck(PnSpace space, int delay) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendProbe(EncryptionLevel level) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendProbe(List<QuicFrame> frames, EncryptionLevel level) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void packetProcessed(boolean more) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void datagramProcessed(boolean more) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant lastAckElicitingSent() {
            throw new UnsupportedOperationException();
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
