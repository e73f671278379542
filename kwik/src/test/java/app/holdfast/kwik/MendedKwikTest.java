package app.holdfast.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.tls.Credentials;
import app.holdfast.tls.EndpointKeyStore;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tech.kwik.core.log.NullLogger;
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
