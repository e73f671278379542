package app.holdfast.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Devices.Host;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.identity.IdentityException;
import app.holdfast.core.transport.quic.QuicException;

/// A peer in a process of its own, which is killed as a power failure would kill it.
class KilledPeerTest {

    @TempDir
    private Path folder;

    @Test
    void aKilledPeerMayComeBackAtOnceAndItsOldLinkEnds() throws Exception {
        Path key = folder.resolve("key");
        DeviceId peerId = Identity.create(key, new SecureRandom()).id();
        try (Devices devices = new Devices(folder)) {
            Host host = devices.host(peerId::equals);
            Process first = start(key, host);
            Link before = host.nextLink();
            before.receive();

            first.destroyForcibly().waitFor();
            Process second = start(key, host);
            Link after = host.nextLink();
            long killed = System.nanoTime();
            var lost = catchThrowableOfType(QuicException.class, before::receive);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - killed);

            assertThat(after.peer()).isEqualTo(peerId);
            assertThat(after.receive()).containsExactly(1);
            assertThat(lost.reason()).isEqualTo(QuicException.Cause.LOST);
            assertThat(seconds).isLessThan(30);
            System.out.println("link: a killed peer was missed " + seconds + " s after its next link");
            before.close();
            after.close();
            second.destroyForcibly().waitFor();
        }
    }

    private static Process start(Path key, Host host) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Lonely.class.getName(),
                key.toString(), host.id().hex(), String.valueOf(host.addresses().getFirst().getPort()))
                .inheritIO().start();
    }

    /// The other process: makes a link, says one thing, and waits to be killed.
    static final class Lonely {

        private Lonely() {}

        public static void main(String[] arguments) throws IOException, IdentityException, InterruptedException {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            Identity identity = Identity.read(Path.of(arguments[0]));
            Endpoint endpoint = Endpoint.open(identity, new InetSocketAddress(loopback, 0), Map.of(),
                    Devices.DEADLINE);
            var host = List.of(new InetSocketAddress(loopback, Integer.parseInt(arguments[2])));
            endpoint.dial(new DeviceId(arguments[1]), host, Alpn.SYNC).send(new byte[] {1});
            new CountDownLatch(1).await();
        }
    }
}
