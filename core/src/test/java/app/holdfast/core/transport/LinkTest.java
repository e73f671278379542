package app.holdfast.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import app.holdfast.core.transport.Devices.Host;

/// Two endpoints on loopback, kwik on kwik.
class LinkTest {

    @TempDir
    private Path folder;
    private Devices devices;
    private Host host;
    private Link near;
    private Link far;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        devices = new Devices(folder);
        host = devices.host(peer -> true);
        near = devices.silent().dial(host.id(), host.addresses(), Alpn.SYNC);
        far = host.nextLink();
    }

    @AfterEach
    void disconnect() {
        near.close();
        far.close();
        devices.close();
    }

    @Test
    void framesKeepOrderInBothDirections() throws Exception {
        int count = 2_000;

        var answers = inBackground(() -> {
            List<byte[]> received = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                received.add(near.receive());
            }
            return received;
        });
        for (int i = 0; i < count; i++) {
            near.send(numbered(i));
            far.send(far.receive());
        }

        assertThat(answers.get(Devices.DEADLINE_SECONDS, TimeUnit.SECONDS))
                .hasSize(count).allSatisfy(frame -> assertThat(frame).hasSize(Integer.BYTES))
                .extracting(frame -> ByteBuffer.wrap(frame).getInt()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void emptyAndLargestFrameArriveAsTheyAre() throws Exception {
        byte[] largest = new byte[Link.FRAME_BYTES_MAX];
        new Random(1).nextBytes(largest);

        var sent = inBackground(() -> {
            near.send(new byte[0]);
            near.send(largest);
            return true;
        });

        assertThat(far.receive()).isEmpty();
        assertThat(far.receive()).isEqualTo(largest);
        assertThat(sent.get(Devices.DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFrameThatIsTooLongIsNotSent() throws Exception {
        byte[] tooLong = new byte[Link.FRAME_BYTES_MAX + 1];

        assertThatThrownBy(() -> near.send(tooLong)).isInstanceOf(IllegalArgumentException.class);
        near.send(numbered(7));

        assertThat(far.receive()).isEqualTo(numbered(7));
    }

    @Test
    void aHundredMegabytesArriveUnchanged() throws Exception {
        int frames = 400;
        byte[] frame = new byte[256 * 1024];
        new Random(2).nextBytes(frame);
        CRC32 expected = new CRC32();
        CRC32 seen = new CRC32();

        long started = System.nanoTime();
        var sent = inBackground(() -> {
            for (int i = 0; i < frames; i++) {
                ByteBuffer.wrap(frame).putInt(i);
                expected.update(frame);
                near.send(frame);
            }
            near.close();
            return true;
        });
        int count = 0;
        for (byte[] next = far.receive(); next != null; next = far.receive()) {
            seen.update(next);
            count++;
        }
        double seconds = (System.nanoTime() - started) / 1e9;

        assertThat(sent.get(Devices.DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(count).isEqualTo(frames);
        assertThat(seen.getValue()).isEqualTo(expected.getValue());
        System.out.printf("link: 100 MiB in %.1f s, %.0f MiB/s%n", seconds, 100 / seconds);
    }

    @Test
    void whatWasSentBeforeClosingIsStillReceived() throws Exception {
        int count = 300;
        for (int i = 0; i < count; i++) {
            near.send(numbered(i));
        }

        near.close();

        for (int i = 0; i < count; i++) {
            assertThat(far.receive()).isEqualTo(numbered(i));
        }
        assertThat(far.receive()).isNull();
    }

    @Test
    void closingWakesWhoeverWaitsForAFrame() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        var received = inBackground(() -> {
            waiting.countDown();
            return near.receive() == null;
        });
        waiting.await();

        near.close();

        assertThat(received.get(Devices.DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(far.receive()).isNull();
    }

    @Test
    void closingWakesWhoeverWaitsToSend() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        var failed = inBackground(() -> {
            try {
                while (true) {
                    near.send(new byte[Link.FRAME_BYTES_MAX]);
                    sending.countDown();
                }
            } catch (IOException e) {
                return true;
            }
        });
        sending.await();

        far.close();

        assertThat(failed.get(Devices.DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClosedLinkSendsAndReceivesNothing() throws Exception {
        far.send(numbered(1));
        near.close();
        near.close();

        assertThat(near.receive()).isNull();
        assertThatThrownBy(() -> near.send(numbered(2))).isInstanceOf(IOException.class);
    }

    @Test
    void aPeerThatDoesNotReadHoldsTheSenderBack() throws Exception {
        long offeredMax = 64L << 20;
        CountDownLatch firstMegabytes = new CountDownLatch(2);
        var offered = inBackground(() -> {
            long bytes = 0;
            while (bytes < offeredMax) {
                near.send(new byte[Link.FRAME_BYTES_MAX]);
                bytes += Link.FRAME_BYTES_MAX;
                firstMegabytes.countDown();
            }
            return bytes;
        });

        firstMegabytes.await();
        // a sender that nothing holds back would be done long before this comes back
        List<Long> pings = host.endpoint().ping(host.id(), host.addresses(), 50);

        assertThat(pings).hasSize(50);
        assertThat(offered.isDone()).isFalse();
    }

    private static byte[] numbered(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> inBackground(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.run());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
