package app.holdfast.core.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import app.holdfast.core.transport.Devices.Host;
import app.holdfast.core.transport.quic.QuicConversation;
import app.holdfast.core.transport.quic.QuicEndpoint;
import app.holdfast.core.transport.quic.QuicException;
import app.holdfast.core.transport.quic.QuicException.Cause;

/// A peer that speaks QUIC and is admitted, but then does not speak frames.
class BadPeerTest {

    @TempDir
    private Path folder;
    private Devices devices;
    private Host host;
    private QuicEndpoint peer;
    private QuicConversation conversation;

    @BeforeEach
    void connect() throws IOException {
        devices = new Devices(folder);
        host = devices.host(any -> true);
        peer = QuicEndpoint.open(devices.identity().credentials(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of("none"), (id, protocol) -> false, accepted -> {});
        conversation = peer.dial(host.id(), host.addresses().getFirst(), Alpn.SYNC.name(),
                Devices.DEADLINE);
        conversation.open(Devices.DEADLINE);
    }

    @AfterEach
    void disconnect() {
        peer.close();
        devices.close();
    }

    @Test
    void nonsenseInsteadOfThePreambleMakesNoLink() throws Exception {
        conversation.out().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));

        assertThatThrownBy(() -> readToEnd(conversation)).isInstanceOf(IOException.class);
        assertThat(conversation.ending().reason()).isEqualTo(Cause.CLOSED_BY_PEER);
        assertThat(conversation.ending()).hasMessageContaining("code 1");
        assertThat(host.hasNoLink()).isTrue();
    }

    @Test
    void aFrameOfFourGigabytesIsRefusedByItsLength() throws Exception {
        conversation.out().write(Frames.preamble());
        conversation.out().write(new byte[] {0, 0, 0, 1, 42, -1, -1, -1, -1});
        Link link = host.nextLink();

        byte[] first = link.receive();
        var failure = catchThrowableOfType(FrameException.class, link::receive);

        assertThat(first).containsExactly(42);
        assertThat(failure).hasMessageContaining("4294967295 bytes");
        assertThat(failure.offset()).isEqualTo(9);
        assertThat(conversation.ending()).hasMessageContaining("code 1");
    }

    @Test
    void aPeerThatStopsWithinAFrameIsNoticed() throws Exception {
        OutputStream out = conversation.out();
        out.write(Frames.preamble());
        out.write(new byte[] {0, 0, 0, 100, 1, 2, 3});
        out.close();
        Link link = host.nextLink();

        var failure = catchThrowableOfType(FrameException.class, link::receive);

        assertThat(failure.offset()).isEqualTo(4 + 4 + 3);
    }

    @Test
    void aPeerThatClosesWithinAFrameIsNoticed() throws Exception {
        conversation.out().write(Frames.preamble());
        conversation.out().write(new byte[] {0, 0, 0, 100, 1, 2, 3});
        Link link = host.nextLink();

        conversation.close(77, "no more");

        assertThatThrownBy(link::receive).isInstanceOf(QuicException.class).hasMessageContaining("77");
    }

    @Test
    void theProgramRunsOnAfterAnyBytes() throws Exception {
        long seed = System.nanoTime();
        System.out.println("frame fuzz seed " + seed);
        Random random = new Random(seed);
        byte[] bytes = new byte[100_000];
        random.nextBytes(bytes);
        conversation.out().write(Frames.preamble());

        assertThatThrownBy(() -> {
            while (true) {
                conversation.out().write(bytes);
            }
        }).isInstanceOf(IOException.class);

        Link link = devices.silent().dial(host.id(), host.addresses(), Alpn.SYNC);
        assertThat(link.peer()).isEqualTo(host.id());
        link.close();
    }

    @Test
    void aQuestionThatIsTooLongIsNotEchoed() throws Exception {
        QuicConversation ping = peer.dial(host.id(), host.addresses().getFirst(), Alpn.PING.name(),
                Devices.DEADLINE);
        ping.open(Devices.DEADLINE);
        try (OutputStream out = ping.out()) {
            out.write(new byte[Echo.BYTES_MAX + 1]);
        }

        assertThatThrownBy(() -> readToEnd(ping)).isInstanceOf(IOException.class);
        assertThat(ping.ending()).hasMessageContaining("code 1");
    }

    private static void readToEnd(QuicConversation from) throws IOException {
        byte[] preamble = from.in().readNBytes(Frames.preamble().length);
        assertThat(preamble).isEqualTo(Frames.preamble());
        from.in().readAllBytes();
    }
}
