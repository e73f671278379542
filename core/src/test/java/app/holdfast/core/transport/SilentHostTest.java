package app.holdfast.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import app.holdfast.core.transport.DialException.Reason;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.quic.QuicEndpoint;

/// A device that lets others in, and then says nothing: whoever dialled is told that it does not answer, in time.
class SilentHostTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path folder;
    private Devices devices;
    private Identity host;
    private Endpoint dialler;

    @BeforeEach
    void open() throws Exception {
        devices = new Devices(folder);
        host = devices.identity();
        dialler = Endpoint.open(devices.identity(), ANY_PORT, Map.of(), Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        dialler.close();
        devices.close();
    }

    @Test
    void aLinkThatIsNotAnsweredIsNotWaitedForForEver() throws Exception {
        try (QuicEndpoint silent = silent()) {
            var failure = catchThrowableOfType(DialException.class,
                    () -> dialler.dial(host.id(), List.of(silent.bound()), Alpn.SYNC));

            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessage("the device does not answer");
        }
    }

    @Test
    void anEchoThatDoesNotComeIsNotWaitedForForEver() throws Exception {
        try (QuicEndpoint silent = silent()) {
            var failure = catchThrowableOfType(DialException.class,
                    () -> dialler.ping(host.id(), List.of(silent.bound()), 1));

            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    private QuicEndpoint silent() throws Exception {
        return QuicEndpoint.open(host.credentials(), ANY_PORT, List.of(Alpn.SYNC.name(), Alpn.PING.name()),
                (peer, protocol) -> true, conversation -> {});
    }
}
