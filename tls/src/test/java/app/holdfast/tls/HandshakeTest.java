package app.holdfast.tls;

import static app.holdfast.tls.Conversation.HANDSHAKE;
import static app.holdfast.tls.Conversation.INITIAL;
import static app.holdfast.tls.Conversation.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import app.holdfast.tls.Conversation.Sent;
import tech.kwik.agent15.ProtectionKeysType;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsConstants.NamedGroup;
import tech.kwik.agent15.alert.ErrorAlert;

/// The order of things, and who is let in.
class HandshakeTest {

    /// Message 0 is the ClientHello, 1 to 6 are the server's flight, 7 to 9 the client's.
    private static final int MESSAGES = 10;

    @Test
    void bothSidesProveTheirKeysAndShareTheirSecrets() throws Exception {
        for (CipherSuite suite : List.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384,
                CipherSuite.TLS_CHACHA20_POLY1305_SHA256)) {
            var talk = new Conversation(true, suite).connected();

            assertThat(talk.clientStatus.finished).isTrue();
            assertThat(talk.serverStatus.finished).isTrue();
            assertThat(talk.admitted).isEqualTo(talk.clientKey.publicKey());
            assertThat(talk.client.getServerCertificateChain()).containsExactly(talk.serverKey.publicKey());
            assertThat(talk.server.getSelectedCipher()).isEqualTo(suite);
            assertThat(talk.clientStatus.secrets).hasSize(4).doesNotHaveDuplicates();
            for (int i = 0; i < 4; i++) {
                assertThat(talk.serverStatus.secrets.get(i)).isEqualTo(talk.clientStatus.secrets.get(i));
            }
        }
    }

    @Test
    void aServerWithAnotherKeyIsRefusedBeforeItHearsWhoWeAre() throws Exception {
        var talk = new Conversation();
        talk.client.setTrustManager(new ExpectedKey(Conversation.credentials(99).publicKey()));
        talk.greeted();

        assertAlert(AlertDescription.unknown_ca, () -> talk.toClient(take(talk.fromServer)));

        assertThat(talk.fromClient).isEmpty();
        assertThat(talk.clientStatus.finished).isFalse();
    }

    @Test
    void aClientThatExpectsNobodyTrustsNobody() throws Exception {
        var talk = new Conversation();
        talk.client.setTrustManager(null);
        talk.greeted();

        assertAlert(AlertDescription.internal_error, () -> talk.toClient(take(talk.fromServer)));
    }

    @Test
    void aStrangerIsRefusedBeforeTheApplicationHearsOfIt() throws Exception {
        var talk = new Conversation(false, CipherSuite.TLS_AES_128_GCM_SHA256);
        talk.answered();

        assertAlert(AlertDescription.access_denied, () -> talk.toServer(take(talk.fromClient)));

        assertThat(talk.admitted).isEqualTo(talk.clientKey.publicKey());
        assertThat(talk.serverStatus.finished).isFalse();
        assertThatThrownBy(talk.server::getClientApplicationTrafficSecret).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nobodyIsAskedForAdmissionWhoHasNotProvenAKey() throws Exception {
        var talk = new Conversation().answered();
        List<Sent> flight = take(talk.fromClient);

        talk.toServer(flight.get(0));
        assertAlert(AlertDescription.unexpected_message, () -> talk.toServer(flight.get(2)));

        assertThat(talk.admitted).isNull();
    }

    @Test
    void noMessageMayComeAtAnotherLevel() throws Exception {
        for (int at = 0; at < MESSAGES; at++) {
            for (ProtectionKeysType level : ProtectionKeysType.values()) {
                int wrong = at;
                var talk = new Conversation();
                List<Sent> seen = new ArrayList<>();
                ThrowingCallable play = () -> play(talk, (index, message) -> {
                    seen.add(message);
                    return List.of(index == wrong ? message.at(level) : message);
                });

                if (level == (at < 2 ? INITIAL : HANDSHAKE)) {
                    assertThat(catchThrowableOfType(ErrorAlert.class, play)).isNull();
                    assertThat(seen).hasSize(MESSAGES);
                } else {
                    assertAlert(AlertDescription.unexpected_message, play);
                }
            }
        }
    }

    @Test
    void noMessageMayComeTwice() {
        for (int at = 0; at < MESSAGES; at++) {
            int twice = at;
            var talk = new Conversation();

            assertAlert(AlertDescription.unexpected_message, () -> {
                play(talk, (index, message) -> index == twice ? List.of(message, message) : List.of(message));
            });
        }
    }

    @Test
    void noMessageMayBeLeftOut() {
        // not among them: the two hellos and the two Finished, after which nothing else comes on that way
        for (int missing : new int[] {2, 3, 4, 5, 7, 8}) {
            var talk = new Conversation();

            var alert = catchThrowableOfType(ErrorAlert.class,
                    () -> play(talk, (index, message) -> index == missing ? List.of() : List.of(message)));

            assertThat(alert).as("without message " + missing).isNotNull();
            assertThat(talk.serverStatus.finished).isFalse();
        }
    }

    @Test
    void aServerThatDoesNotAskWhoWeAreIsRefused() {
        var talk = new Conversation();

        assertAlert(AlertDescription.handshake_failure, () -> play(talk,
                (index, message) -> message.type() == 13 ? List.of() : List.of(message)));
    }

    @Test
    void onceFailedIsFailedForGood() throws Exception {
        var talk = new Conversation().answered();
        List<Sent> flight = take(talk.fromClient);

        assertAlert(AlertDescription.unexpected_message, () -> talk.toServer(flight.get(1)));

        for (Sent message : flight) {
            assertAlert(AlertDescription.unexpected_message, () -> talk.toServer(message));
        }
        assertThat(talk.serverStatus.finished).isFalse();
    }

    @Test
    void messagesOfTheOtherSideAreRefused() throws Exception {
        var talk = new Conversation().greeted();
        Sent serverHello = talk.fromServer.getFirst();
        Sent encryptedExtensions = talk.fromServer.get(1);

        assertAlert(AlertDescription.unexpected_message, () -> talk.toServer(serverHello));
        assertAlert(AlertDescription.unexpected_message, () -> new Conversation().toServer(encryptedExtensions));
        assertAlert(AlertDescription.unexpected_message, () -> talk.toClient(clientHello()));
    }

    @Test
    void keyUpdateAndUnknownMessagesAreRefused() throws Exception {
        var talk = new Conversation().connected();

        for (int type : new int[] {0, 3, 5, 24, 254}) {
            Sent message = new Sent(new byte[] {(byte) type, 0, 0, 1, 0}, ProtectionKeysType.Application);
            assertAlert(AlertDescription.unexpected_message, () -> talk.toClient(message));
        }
    }

    @Test
    void ticketsArePassedOverButNotForEver() throws Exception {
        var talk = new Conversation().connected();
        Sent ticket = new Sent(new byte[] {4, 0, 0, 1, 0}, ProtectionKeysType.Application);

        for (int i = 0; i < ClientHandshake.TICKETS_MAX; i++) {
            talk.toClient(ticket);
        }

        assertAlert(AlertDescription.unexpected_message, () -> talk.toClient(ticket));
        assertAlert(AlertDescription.unexpected_message, () -> new Conversation().connected().toServer(ticket));
    }

    @Test
    void secretsAreGoneWhenTheHandshakeIsOver() throws Exception {
        var talk = new Conversation().connected();

        assertThatThrownBy(talk.client::getClientHandshakeTrafficSecret).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(talk.client::getServerApplicationTrafficSecret).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(talk.server::getServerHandshakeTrafficSecret).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(talk.server::getClientApplicationTrafficSecret).isInstanceOf(IllegalStateException.class);
        assertThat(talk.client.getClientEarlyTrafficSecret()).isNull();
        assertThat(talk.server.getClientEarlyTrafficSecret()).isNull();
    }

    @Test
    void onlySoManyHandshakesMayBeUnfinished() throws Exception {
        var limit = new HandshakeLimit();
        List<Object> handshakes = new ArrayList<>();
        for (int i = 0; i < HandshakeLimit.OPEN_MAX; i++) {
            handshakes.add(new Object());
            assertThat(limit.begin(handshakes.getLast())).isTrue();
        }

        assertThat(limit.begin(new Object())).isFalse();
        limit.end(handshakes.getFirst());

        assertThat(limit.begin(new Object())).isTrue();
    }

    @Test
    void aHandshakeThatIsOverMakesRoomForAnother() throws Exception {
        var good = new Conversation();
        var bad = new Conversation();
        good.answered();
        bad.answered();
        fill(good.limit);
        fill(bad.limit);

        good.toServer(take(good.fromClient));
        assertAlert(AlertDescription.unexpected_message, () -> bad.toServer(bad.fromClient.getLast()));

        assertThat(good.limit.begin(new Object())).isTrue();
        assertThat(bad.limit.begin(new Object())).isTrue();
    }

    private static void fill(HandshakeLimit limit) {
        for (int i = 1; i < HandshakeLimit.OPEN_MAX; i++) {
            assertThat(limit.begin(new Object())).isTrue();
        }
        assertThat(limit.begin(new Object())).isFalse();
    }

    private interface Change {
        List<Sent> of(int index, Sent message);
    }

    private static void play(Conversation talk, Change change) throws Exception {
        talk.client.startHandshake(NamedGroup.secp256r1, List.of());
        int index = 0;
        for (boolean toServer : new boolean[] {true, false, true}) {
            for (Sent message : take(toServer ? talk.fromClient : talk.fromServer)) {
                for (Sent changed : change.of(index, message)) {
                    if (toServer) {
                        talk.toServer(changed);
                    } else {
                        talk.toClient(changed);
                    }
                }
                index++;
            }
        }
    }

    private static Sent clientHello() throws Exception {
        var talk = new Conversation();
        talk.client.startHandshake(NamedGroup.secp256r1, List.of());
        return talk.fromClient.getFirst();
    }

    static void assertAlert(AlertDescription expected, ThrowingCallable code) {
        var alert = catchThrowableOfType(ErrorAlert.class, code);
        assertThat(alert).isNotNull();
        assertThat(alert.alertDescription()).as(alert.getMessage()).isEqualTo(expected);
    }

    static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        copy[at] ^= 1;
        return copy;
    }
}
