package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.transport.Alpn;
import app.holdfast.core.transport.Endpoint;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.pairing.Invitation;
import app.holdfast.core.transport.pairing.PairingMessage;
import app.holdfast.core.transport.pairing.PairingProof;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to tickets, over kwik on loopback, with devices that play by the rules and with some that do not.
class PairingTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;

    private Holdfast one;
    private Holdfast two;
    private Devices atOne;
    private Devices atTwo;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        one = device("one");
        two = device("two");
        atOne = one.connect(LOOPBACK);
        atTwo = two.connect(LOOPBACK);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private Holdfast device(String name) throws CoreException {
        Holdfast.initialise(folder.resolve(name), name);
        Holdfast device = Holdfast.open(folder.resolve(name));
        open.add(device);
        return device;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private Invitation invitation(boolean acceptAtOnce) throws Exception {
        return Invitation.parse(get(atOne.invite(acceptAtOnce, Duration.ofMinutes(5))).ticket());
    }

    private void assertJoinFails(String ticket, Class<? extends CoreException> how, String saying) {
        assertThatThrownBy(() -> get(atTwo.join(ticket, (_, _) -> true)))
                .hasCauseInstanceOf(how).hasMessageContaining(saying);
        assertThat(two.library().ask(LibraryReader::devices)).hasSize(1);
        assertThat(one.library().ask(LibraryReader::devices)).hasSize(1);
    }

    @Test
    void bothPeopleSeeTheSameDigitsAndBothAreAsked() throws Exception {
        var asked = new CompletableFuture<CoreEvent.PairingAsked>();
        one.library().listen(event -> {
            if (event instanceof CoreEvent.PairingAsked question) {
                asked.complete(question);
                atOne.answer(question.device(), true);
            }
        });
        var shown = new CompletableFuture<String>();

        var joined = get(atTwo.join(invitation(false).text(), (name, digits) -> shown.complete(name + " " + digits)));

        assertThat(asked.get(SECONDS_MAX, TimeUnit.SECONDS).name()).isEqualTo("two");
        assertThat(shown.join()).isEqualTo("one " + asked.join().digits());
        assertThat(joined.digits()).matches("[0-9]{6}").isEqualTo(asked.join().digits());
        assertThat(two.library().ask(LibraryReader::summary).library()).isEqualTo(joined.library());
    }

    @Test
    void aPersonWhoSaysNoEndsTheTicket() throws Exception {
        one.library().listen(event -> {
            if (event instanceof CoreEvent.PairingAsked question) {
                atOne.answer(question.device(), false);
            }
        });
        String ticket = invitation(false).text();

        assertJoinFails(ticket, CoreException.PairingDeclined.class, "declined");
        assertJoinFails(ticket, CoreException.PairingDeclined.class, "declined");
    }

    @Test
    void anExpiredTicketIsCalledExpiredByTheDeviceThatMadeIt() throws Exception {
        String ticket = get(atOne.invite(true, Duration.ofMillis(1))).ticket();

        Invitation other = Invitation.parse(ticket);
        String withAnotherDate = new Invitation(other.device(), other.addresses(), other.secret(),
                other.expiresSeconds() + 3_600).text();

        awaitPassed(other.expiresSeconds());
        assertJoinFails(withAnotherDate, CoreException.TicketRefused.class, "it has expired");
    }

    @Test
    void aTicketWithAnotherSecretIsRefused() throws Exception {
        Invitation real = invitation(true);
        byte[] secret = real.secret();
        secret[0] ^= 1;
        String forged = new Invitation(real.device(), real.addresses(), secret, real.expiresSeconds()).text();

        assertJoinFails(forged, CoreException.TicketRefused.class, "used already, or withdrawn");
    }

    @Test
    void aTicketThatNamesAnotherDeviceThanTheOneThatAnswersIsNotAuthentic() throws Exception {
        Invitation real = invitation(true);
        Identity stranger = Identity.create(folder.resolve("stranger.key"), new SecureRandom());
        String forged = new Invitation(stranger.id(), real.addresses(), real.secret(), real.expiresSeconds()).text();

        assertJoinFails(forged, CoreException.NotAuthentic.class, "does not hold the key");
    }

    @Test
    void alteredAndCutTicketsAreBad() throws Exception {
        String ticket = invitation(true).text();
        char last = ticket.charAt(40);
        String altered = ticket.substring(0, 40) + (last == 'a' ? 'b' : 'a') + ticket.substring(41);

        assertJoinFails(altered, CoreException.BadTicket.class, "");
        assertJoinFails(ticket.substring(0, ticket.length() / 2), CoreException.BadTicket.class, "");
        assertJoinFails("", CoreException.BadTicket.class, "");
    }

    @Test
    void nobodyAnsweringIsUnreachable() throws Exception {
        Invitation real = invitation(true);
        one.close();

        assertThatThrownBy(() -> get(atTwo.join(real.text(), (_, _) -> true)))
                .hasCauseInstanceOf(CoreException.Unreachable.class);
    }

    @Test
    void withoutAnInvitationStrangersAreRefusedInsideTheHandshake() throws Exception {
        Endpoint stranger = stranger();

        assertThatThrownBy(() -> stranger.dial(one.library().ask(LibraryReader::summary).device(),
                addresses(atOne), Alpn.PAIR)).hasMessageContaining("does not let us in");
    }

    @Test
    void aDeviceThatBrokeOffAfterItWasAdmittedMayComeAgainWithTheSameTicket() throws Exception {
        Invitation real = invitation(true);
        Endpoint stranger = stranger();

        for (int attempt = 0; attempt < 3; attempt++) {
            try (Link link = stranger.dial(real.device(), real.addresses(), Alpn.PAIR)) {
                assertThat(prove(link, stranger, real, real.secret())).isInstanceOf(PairingMessage.Counterproof.class);
                link.send(new PairingMessage.Agreed(List.of()).encode());
                assertThat(receive(link)).isInstanceOf(PairingMessage.Welcome.class);
            }
        }

        assertThat(one.library().ask(LibraryReader::devices)).hasSize(2);
        assertThatThrownBy(() -> get(atTwo.join(real.text(), (_, _) -> true)))
                .hasCauseInstanceOf(CoreException.TicketRefused.class)
                .hasMessageContaining("another device has used it");
    }

    @Test
    void fiveWrongProofsEndTheTicket() throws Exception {
        Invitation real = invitation(true);
        Endpoint stranger = stranger();

        for (int attempt = 0; attempt < 5; attempt++) {
            try (Link link = stranger.dial(real.device(), real.addresses(), Alpn.PAIR)) {
                assertThat(prove(link, stranger, real, new byte[Invitation.SECRET_BYTES]))
                        .isEqualTo(new PairingMessage.Refused(PairingMessage.Reason.WRONG_PROOF));
            }
        }

        assertJoinFails(real.text(), CoreException.TicketRefused.class, "its secret is wrong");
    }

    @Test
    void nonsenseEndsTheConversationAndTheTicketLivesOn() throws Exception {
        Invitation real = invitation(true);
        Endpoint stranger = stranger();
        try (Link link = stranger.dial(real.device(), real.addresses(), Alpn.PAIR)) {
            link.send(new byte[] {1, 2, 3});
            assertThat(link.receive()).isNull();
        }

        var joined = get(atTwo.join(real.text(), (_, _) -> true));

        assertThat(joined.deviceName()).isEqualTo("one");
    }

    @Test
    void inALargerLibraryTwoDevicesThatHaveBothMovedFindEachOtherByATicket() throws Exception {
        Holdfast three = device("three");
        get(atTwo.join(invitation(true).text(), (_, _) -> true));
        get(three.connect(LOOPBACK).join(invitation(true).text(), (_, _) -> true));
        awaitDevices(two, 3);
        awaitDevices(three, 3);
        one.close();
        Devices moved = reopened(two).connect(LOOPBACK);

        var joined = get(reopened(three).connect(LOOPBACK).join(get(moved.invite(true, Duration.ofMinutes(5))).ticket(),
                (_, _) -> true));

        assertThat(joined.deviceName()).isEqualTo("two");
    }

    private Holdfast reopened(Holdfast device) throws CoreException {
        String name = device.library().ask(LibraryReader::summary).deviceName();
        device.close();
        Holdfast again = Holdfast.open(folder.resolve(name));
        open.add(again);
        return again;
    }

    private static void awaitDevices(Holdfast device, int count) throws Exception {
        var reached = new CompletableFuture<Boolean>();
        try (Subscription _ = device.library().observe(LibraryReader::devices, devices -> {
            if (devices.size() == count) {
                reached.complete(true);
            }
        })) {
            reached.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private Endpoint stranger() throws Exception {
        Path file = folder.resolve("stranger" + open.size() + ".key");
        Endpoint endpoint = Endpoint.open(Identity.create(file, new SecureRandom()), LOOPBACK, Map.of());
        open.add(endpoint);
        return endpoint;
    }

    /// @return the answer to the proof
    private static PairingMessage prove(Link link, Endpoint self, Invitation invitation, byte[] secret)
            throws Exception {
        byte[] nonce = new byte[PairingProof.NONCE_BYTES];
        link.send(new PairingMessage.Knock(PairingProof.nameOf(invitation.secret()), nonce).encode());
        var challenge = (PairingMessage.Challenge) receive(link);
        var exchange = new PairingProof(invitation.device(), challenge.nonce(), self.id(), nonce);
        link.send(new PairingMessage.Proof(exchange.ofJoiner(secret), "stranger").encode());
        return receive(link);
    }

    private static PairingMessage receive(Link link) throws Exception {
        byte[] frame = link.receive();
        assertThat(frame).isNotNull();
        return PairingMessage.decode(frame);
    }

    private static List<InetSocketAddress> addresses(Devices devices) {
        return devices.reachable().addresses().stream().map(text -> {
            int colon = text.lastIndexOf(':');
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }).toList();
    }

    /// The library reads the wall clock, and an invitation's time is told in seconds.
    private static void awaitPassed(long expiresSeconds) {
        while (System.currentTimeMillis() <= 1_000 * expiresSeconds) {
            Thread.onSpinWait();
        }
    }
}
