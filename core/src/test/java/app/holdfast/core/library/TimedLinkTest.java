package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import app.holdfast.core.fake.PipedLink;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedLinkTest {

    private static final DeviceId ONE = DeviceId.of(new byte[32]);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        work.shutdownNow();
    }

    @Test
    void aDeviceThatTakesNothingIsNotWaitedForLonger() {
        var link = new DeafLink();

        assertThatIOException().isThrownBy(() -> new TimedLink(link, work).send(new byte[1], SHORT))
                .withMessageContaining("took nothing");
        assertThat(link.closed.getCount()).isZero();
    }

    @Test
    void aDeviceThatSaysNothingIsNotWaitedForLonger() {
        var link = new DeafLink();

        assertThatIOException().isThrownBy(() -> new TimedLink(link, work).next(SHORT))
                .withMessageContaining("nothing came");
        assertThat(link.closed.getCount()).isZero();
    }

    @Test
    void theEndOfTheConversationIsNoFrame() {
        PipedLink.Ends ends = PipedLink.Ends.of(ONE, ONE, 1);
        ends.second().close();

        assertThatIOException().isThrownBy(() -> new TimedLink(ends.first(), work).next(Duration.ofMinutes(1)))
                .withMessageContaining("ended the conversation");
    }

    /// Its peer neither reads nor writes.
    private static final class DeafLink implements Link {

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public DeviceId peer() {
            return ONE;
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress("127.0.0.1", 1);
        }

        @Override
        public void send(byte[] frame) throws IOException {
            receive();
        }

        @Override
        public byte[] receive() throws IOException {
            try {
                closed.await();
                throw new IOException("closed");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
