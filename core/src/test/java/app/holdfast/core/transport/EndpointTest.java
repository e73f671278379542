package app.holdfast.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import app.holdfast.core.transport.Devices.Host;
import app.holdfast.core.transport.DialException.Reason;
import app.holdfast.core.transport.identity.Identity;

/// Who gets in, who is found, and what is left behind.
class EndpointTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Pattern KWIK_THREAD =
            Pattern.compile("(sender|receiver|callbacks|scheduler|server |loss-detection|idle-timer|pool-).*");

    @TempDir
    private Path folder;
    private Devices devices;

    @BeforeEach
    void open() {
        devices = new Devices(folder);
    }

    @AfterEach
    void close() {
        devices.close();
    }

    @Test
    void aDeviceWithAnotherKeyThanExpectedIsNotTalkedTo() throws Exception {
        Host host = devices.host(peer -> true);
        Endpoint dialler = devices.silent();

        var failure = catchThrowableOfType(DialException.class,
                () -> dialler.dial(dialler.id(), host.addresses(), Alpn.SYNC));

        assertThat(failure.reason()).isEqualTo(Reason.OTHER_DEVICE);
        assertThat(host.hasNoLink()).isTrue();
    }

    @Test
    void aStrangerIsRefusedBeforeAnyByte() throws Exception {
        Identity member = devices.identity();
        Host host = devices.host(member.id()::equals);
        Endpoint stranger = devices.silent();
        Endpoint welcome = devices.open(member, Map.of());

        var failure = catchThrowableOfType(DialException.class,
                () -> stranger.dial(host.id(), host.addresses(), Alpn.SYNC));
        Link link = welcome.dial(host.id(), host.addresses(), Alpn.SYNC);

        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(host.nextLink().peer()).isEqualTo(member.id());
        assertThat(host.hasNoLink()).isTrue();
        link.close();
    }

    /// The refusal overtakes, or is overtaken by, what the stranger does when its own half of the handshake is done.
    @Test
    void aStrangerHearsOfTheRefusalWheneverItComes() throws Exception {
        Host host = devices.host(peer -> false);
        Endpoint stranger = devices.silent();

        for (int attempt = 0; attempt < 300; attempt++) {
            var failure = catchThrowableOfType(DialException.class,
                    () -> stranger.dial(host.id(), host.addresses(), Alpn.SYNC));

            assertThat(failure.reason()).as("attempt %d: %s", attempt, failure).isEqualTo(Reason.REFUSED);
        }
    }

    @Test
    void aProtocolThatIsNotOfferedIsRefused() throws Exception {
        Host host = devices.host(peer -> true);
        Endpoint dialler = devices.silent();

        var failure = catchThrowableOfType(DialException.class,
                () -> dialler.dial(host.id(), host.addresses(), Alpn.PAIR));

        assertThat(failure.reason()).isEqualTo(Reason.OTHER_PROTOCOL);
    }

    @Test
    void nobodyAtAnAddressIsSaidSo() throws Exception {
        try (Endpoint dialler = Endpoint.open(devices.identity(), new InetSocketAddress(LOOPBACK, 0), Map.of());
                DatagramSocket deaf = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            var nowhere = List.of((InetSocketAddress) deaf.getLocalSocketAddress());

            var deafFailure = catchThrowableOfType(DialException.class,
                    () -> dialler.dial(dialler.id(), nowhere, Alpn.SYNC));
            var noAddressFailure = catchThrowableOfType(DialException.class,
                    () -> dialler.dial(dialler.id(), List.of(), Alpn.SYNC));

            assertThat(deafFailure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(noAddressFailure.reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void anAddressThatAnswersWinsOverOnesThatDoNot() throws Exception {
        Host host = devices.host(peer -> true);
        Host other = devices.host(peer -> true);
        Endpoint dialler = devices.silent();
        try (DatagramSocket deaf = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            List<InetSocketAddress> candidates = new ArrayList<>();
            candidates.add((InetSocketAddress) deaf.getLocalSocketAddress());
            candidates.addAll(other.addresses());
            candidates.addAll(host.addresses());

            Link link = dialler.dial(host.id(), candidates, Alpn.SYNC);

            assertThat(link.peer()).isEqualTo(host.id());
            assertThat(host.nextLink().peer()).isEqualTo(dialler.id());
            assertThat(other.hasNoLink()).isTrue();
            link.close();
        }
    }

    @Test
    void manyDevicesHaveLinksAtOnce() throws Exception {
        int count = 30;
        Host host = devices.host(peer -> true);

        List<CompletableFuture<Link>> dials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Endpoint dialler = devices.silent();
            dials.add(inBackground(() -> dialler.dial(host.id(), host.addresses(), Alpn.SYNC)));
        }
        for (int i = 0; i < count; i++) {
            Link far = host.nextLink();
            far.send(far.peer().bytes());
        }

        for (CompletableFuture<Link> dial : dials) {
            Link near = dial.get(Devices.DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(near.receive()).hasSize(32);
            near.close();
        }
    }

    @Test
    void aDeviceThatCallsAgainAndAgainLosesItsOldestLinks() throws Exception {
        Host host = devices.host(peer -> true);
        Endpoint dialler = devices.silent();

        List<Link> near = new ArrayList<>();
        List<Link> far = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            near.add(dialler.dial(host.id(), host.addresses(), Alpn.SYNC));
            far.add(host.nextLink());
        }

        assertThatThrownBy(() -> near.getFirst().receive()).isInstanceOf(IOException.class);
        far.getLast().send(new byte[] {9});
        assertThat(near.getLast().receive()).containsExactly(9);
    }

    @Test
    void nonsenseOnTheWireChangesNothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("datagram fuzz seed " + seed);
        Random random = new Random(seed);
        Host host = devices.host(peer -> true);
        InetSocketAddress target = host.addresses().getFirst();

        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            for (int i = 0; i < 3_000; i++) {
                byte[] datagram = new byte[random.nextInt(1400)];
                random.nextBytes(datagram);
                if (datagram.length > 5 && i % 3 == 0) {
                    // looks like an Initial packet of QUIC version 1
                    datagram[0] = (byte) (0xc0 | random.nextInt(16));
                    System.arraycopy(new byte[] {0, 0, 0, 1}, 0, datagram, 1, 4);
                }
                socket.send(new DatagramPacket(datagram, datagram.length, target));
            }
        }
        Link link = devices.silent().dial(host.id(), host.addresses(), Alpn.SYNC);
        link.send(new byte[] {1});

        assertThat(host.nextLink().receive()).containsExactly(1);
        link.close();
    }

    @Test
    void anyoneMayPing() throws Exception {
        Host host = devices.host(peer -> false);

        List<Long> micros = devices.silent().ping(host.id(), host.addresses(), 3);

        assertThat(micros).hasSize(3).allSatisfy(rtt -> assertThat(rtt).isPositive());
    }

    @Test
    void bothFamiliesAreAnswered() throws Exception {
        Identity identity = devices.identity();
        try (Endpoint everywhere = Endpoint.open(identity, new InetSocketAddress(0), Map.of())) {
            int port = everywhere.addresses().getFirst().getPort();
            Endpoint dialler = devices.silent();

            for (String loopback : new String[] {"127.0.0.1", "::1"}) {
                var address = List.of(new InetSocketAddress(loopback, port));
                assertThat(dialler.ping(everywhere.id(), address, 1)).as(loopback).hasSize(1);
            }
            assertThat(everywhere.addresses()).noneMatch(address -> address.getAddress().isAnyLocalAddress());
        }
    }

    @Test
    void closingLeavesNoThreadBehind() throws Exception {
        Host host = devices.host(peer -> true);
        Endpoint dialler = devices.silent();
        Link link = dialler.dial(host.id(), host.addresses(), Alpn.SYNC);
        Link far = host.nextLink();

        far.close();
        dialler.close();
        host.endpoint().close();

        assertThatThrownBy(() -> link.send(new byte[1])).isInstanceOf(IOException.class);
        assertEnd(thread -> KWIK_THREAD.matcher(thread.getName()).matches());
    }

    @Test
    void aCallThatIsRefusedAndNotHeardOfAgainLeavesNoThreadBehind() throws Exception {
        Host host = devices.host(peer -> true);
        Endpoint dialler = devices.silent();
        try (DatagramSocket between = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            between.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Devices.DEADLINE_SECONDS));
            var address = List.of((InetSocketAddress) between.getLocalSocketAddress());
            Thread dial = Thread.ofVirtual().start(() -> assertThatThrownBy(
                    () -> dialler.dial(host.id(), address, Alpn.PAIR)).isInstanceOf(IOException.class));

            // of all that the caller sends, the first datagram arrives; of the answer, nothing
            DatagramPacket hello = receive(between);
            between.send(new DatagramPacket(hello.getData(), hello.getLength(), host.addresses().getFirst()));
            while (!receive(between).getSocketAddress().equals(host.addresses().getFirst())) {
                // the caller says it again
            }
            dial.interrupt();

            String connection = HexFormat.of().formatHex(hello.getData(), 6, 6 + hello.getData()[5]);
            assertEnd(thread -> thread.getName().contains(connection));
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }

    private static void assertEnd(Predicate<Thread> which) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (which.test(thread)) {
                boolean hasEnded = thread.join(Devices.DEADLINE);
                assertThat(hasEnded).as(() -> thread + " at " + List.of(thread.getStackTrace())).isTrue();
            }
        }
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
