package app.holdfast.tls;

import static app.holdfast.tls.Conversation.HANDSHAKE;
import static app.holdfast.tls.Conversation.INITIAL;
import static app.holdfast.tls.Conversation.take;
import static app.holdfast.tls.HandshakeTest.assertAlert;
import static app.holdfast.tls.HandshakeTest.flipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import app.holdfast.tls.Conversation.Sent;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsConstants.NamedGroup;
import tech.kwik.agent15.TlsConstants.SignatureScheme;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.extension.ApplicationLayerProtocolNegotiationExtension;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.extension.RawExtension;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.ServerHello;

/// What a peer may do wrong in its messages, and how each is answered.
class BadMessagesTest {

    private static final RawExtension X509_ONLY = new RawExtension(Profile.SERVER_CERTIFICATE_TYPE, (byte) 1, (byte) 0);

    @Test
    void anotherHelloIsNotToBeHad() throws Exception {
        var talk = new Conversation().greeted();
        byte[] retry = talk.fromServer.getFirst().bytes().clone();
        byte[] random =
                HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
        System.arraycopy(random, 0, retry, 6, random.length);

        assertAlert(AlertDescription.handshake_failure, () -> talk.toClient(new Sent(retry, INITIAL)));
    }

    @Test
    void peersThatKnowOnlyCertificatesAreRefused() throws Exception {
        var share = new KeyShare();
        List<Extension> withoutTypes = new ArrayList<>(Profile.clientOffer(share));
        withoutTypes.removeIf(e -> e.getType() == Profile.SERVER_CERTIFICATE_TYPE);
        List<Extension> withX509 = new ArrayList<>(withoutTypes);
        withX509.add(X509_ONLY);
        EncryptedExtensions silent = EncryptedExtensions.of(List.of(protocol(Conversation.PROTOCOL)));

        assertAlert(AlertDescription.unsupported_certificate, () -> new Conversation().toServer(hello(withoutTypes)));
        assertAlert(AlertDescription.unsupported_certificate, () -> new Conversation().toServer(hello(withX509)));
        assertAlert(AlertDescription.unsupported_certificate, () -> serverHelloThen(silent));
    }

    @Test
    void aClientMustOfferWhatTheProfileNeeds() {
        assertOffer(AlertDescription.missing_extension, Profile.SUPPORTED_VERSIONS, null);
        assertOffer(AlertDescription.protocol_version, Profile.SUPPORTED_VERSIONS, "020303");
        assertOffer(AlertDescription.missing_extension, Profile.SIGNATURE_ALGORITHMS, null);
        assertOffer(AlertDescription.handshake_failure, Profile.SIGNATURE_ALGORITHMS, "00020403");
        assertOffer(AlertDescription.missing_extension, Profile.KEY_SHARES, null);
        assertOffer(AlertDescription.handshake_failure, Profile.KEY_SHARES, "0006" + "0017" + "00020102");
        assertOffer(AlertDescription.illegal_parameter, Profile.KEY_SHARES, "0006" + "001d" + "00020102");
        assertOffer(AlertDescription.decode_error, Profile.KEY_SHARES, "0006" + "001d" + "002001");
    }

    @Test
    void aKeyShareThatLeadsToNoSecretIsRefused() {
        // RFC 7748 section 6.1: all zeros would come out; u = 0 and u = 1 are of small order
        for (String u : List.of("00".repeat(32), "01" + "00".repeat(31))) {
            assertOffer(AlertDescription.illegal_parameter, Profile.KEY_SHARES, "0024" + "001d" + "0020" + u);
        }
    }

    @Test
    void aHelloMustBeOneForQuic() throws Exception {
        byte[] hello = hello(Profile.clientOffer(new KeyShare())).bytes();
        byte[] sessionId = new WireWriter().bytes(Arrays.copyOf(hello, 38)).vector8((byte) 5)
                .bytes(Arrays.copyOfRange(hello, 39, hello.length)).toBytes();
        sessionId[3]++;
        byte[] compression = hello.clone();
        compression[38 + 1 + 2 + 2 + 1] = 1;

        assertAlert(AlertDescription.illegal_parameter,
                () -> new Conversation().toServer(new Sent(sessionId, INITIAL)));
        assertAlert(AlertDescription.illegal_parameter,
                () -> new Conversation().toServer(new Sent(compression, INITIAL)));
        assertAlert(AlertDescription.protocol_version,
                () -> new Conversation().toServer(new Sent(flipped(hello, 5), INITIAL)));
    }

    @Test
    void anExtensionMayComeOnlyOnceAndOnlyWhenAskedFor() throws Exception {
        List<Extension> twice = new ArrayList<>(Profile.clientOffer(new KeyShare()));
        twice.add(twice.getFirst());
        List<Extension> unasked = new ArrayList<>(Profile.certificateTypes());
        unasked.add(protocol(Conversation.PROTOCOL));
        unasked.add(new RawExtension(4711));

        assertAlert(AlertDescription.illegal_parameter, () -> new Conversation().toServer(hello(twice)));
        assertAlert(AlertDescription.unsupported_extension, () -> serverHelloThen(EncryptedExtensions.of(unasked)));
    }

    @Test
    void aServerMustChooseOneOfTheOfferedProtocols() {
        List<Extension> other = new ArrayList<>(Profile.certificateTypes());
        other.add(protocol("other/1"));

        assertAlert(AlertDescription.no_application_protocol, () -> serverHelloThen(EncryptedExtensions.of(other)));
        assertAlert(AlertDescription.no_application_protocol,
                () -> serverHelloThen(EncryptedExtensions.of(Profile.certificateTypes())));
    }

    @Test
    void aServerMustChooseOneOfTheOfferedSuitesAndGroups() throws Exception {
        List<Extension> extensions = Profile.serverHello(new KeyShare());
        List<Extension> otherGroup = new ArrayList<>(extensions);
        otherGroup.set(1, new RawExtension(Profile.KEY_SHARES, HexFormat.of().parseHex("001700020102")));

        assertHello(AlertDescription.illegal_parameter, CipherSuite.TLS_AES_256_GCM_SHA384, extensions);
        assertHello(AlertDescription.illegal_parameter, CipherSuite.TLS_AES_128_GCM_SHA256, otherGroup);
        assertHello(AlertDescription.missing_extension, CipherSuite.TLS_AES_128_GCM_SHA256, extensions.subList(0, 1));
        assertHello(AlertDescription.missing_extension, CipherSuite.TLS_AES_128_GCM_SHA256, extensions.subList(1, 2));
    }

    @Test
    void aSignatureThatProvesNothingIsRefused() throws Exception {
        byte[] smallOrder = new byte[64];
        smallOrder[0] = 1;
        for (int at : new int[] {4 + 4, 4 + 4 + 31, 4 + 4 + 32, 4 + 4 + 63}) {
            assertProof(AlertDescription.decrypt_error, message -> flipped(message, at));
        }
        assertProof(AlertDescription.decrypt_error,
                message -> CertificateVerifyMessage.of(SignatureScheme.ed25519, smallOrder).getBytes());
        assertProof(AlertDescription.decrypt_error,
                message -> CertificateVerifyMessage.of(SignatureScheme.ed25519, new byte[63]).getBytes());
        assertProof(AlertDescription.illegal_parameter, message -> CertificateVerifyMessage.of(
                SignatureScheme.ecdsa_secp256r1_sha256, Arrays.copyOfRange(message, 8, message.length)).getBytes());
    }

    @Test
    void anotherConversationsProofIsWorthNothing() throws Exception {
        var other = new Conversation().answered();
        var talk = new Conversation().answered();
        List<Sent> flight = take(talk.fromClient);

        talk.toServer(flight.get(0));

        assertAlert(AlertDescription.decrypt_error, () -> talk.toServer(other.fromClient.get(1)));
    }

    @Test
    void aFinishedThatDoesNotFitIsRefused() throws Exception {
        var talk = new Conversation().answered();
        List<Sent> flight = take(talk.fromClient);
        Sent finished = flight.get(2);
        talk.toServer(flight.subList(0, 2));
        var late = new Conversation().greeted();
        List<Sent> serverFlight = take(late.fromServer);
        late.toClient(serverFlight.subList(0, 5));
        byte[] shortened = new byte[] {20, 0, 0, 0};

        assertAlert(AlertDescription.decrypt_error, () -> talk.toServer(finished.with(flipped(finished.bytes(), 20))));
        assertAlert(AlertDescription.decrypt_error, () -> late.toClient(new Sent(shortened, HANDSHAKE)));
        assertThat(late.fromClient).isEmpty();
    }

    @Test
    void onlyOneKeyIsShownAndItIsAGoodOne() throws Exception {
        byte[] info = Conversation.credentials(5).publicKey().getEncoded();
        byte[] small = info.clone();
        Arrays.fill(small, 12, 44, (byte) 0);
        byte[] entry = new WireWriter().vector24(info).vector16().toBytes();
        byte[] bothEntries = new WireWriter().bytes(entry).bytes(entry).toBytes();
        byte[] two = new WireWriter().vector8().vector24(bothEntries).toBytes();
        byte[] none = new WireWriter().vector8().vector24().toBytes();
        byte[] withExtension = new WireWriter().vector8()
                .vector24(new WireWriter().vector24(info).vector16((byte) 0, (byte) 5, (byte) 0, (byte) 0).toBytes())
                .toBytes();
        byte[] withContext = new WireWriter().vector8((byte) 1).vector24(entry).toBytes();

        assertCertificate(AlertDescription.bad_certificate, certificate(two));
        assertCertificate(AlertDescription.bad_certificate, CertificateMessage.of(small).getBytes());
        assertCertificate(AlertDescription.bad_certificate, CertificateMessage.of(new byte[300]).getBytes());
        assertCertificate(AlertDescription.certificate_required, certificate(none));
        assertCertificate(AlertDescription.unsupported_extension, certificate(withExtension));
        assertCertificate(AlertDescription.illegal_parameter, certificate(withContext));
    }

    @Test
    void aServerThatShowsNoKeyIsRefused() throws Exception {
        var talk = new Conversation().greeted();
        List<Sent> flight = take(talk.fromServer);
        byte[] none = certificate(new WireWriter().vector8().vector24().toBytes());
        talk.toClient(flight.subList(0, 3));

        assertAlert(AlertDescription.decode_error, () -> talk.toClient(new Sent(none, HANDSHAKE)));
    }

    @Test
    void aMessageCutAnywhereIsRefused() throws Exception {
        var complete = new Conversation().greeted();
        List<Sent> serverFlight = List.copyOf(complete.fromServer);
        complete.toClient(take(complete.fromServer));
        List<Sent> clientFlight = List.copyOf(complete.fromClient);
        Sent clientHello = hello(Profile.clientOffer(new KeyShare()));

        assertCutsRefused(List.of(clientHello), true);
        assertCutsRefused(serverFlight, false);
        assertCutsRefused(clientFlight, true);
    }

    @Test
    void anyBytesAreEitherAMessageOrRefused() throws Exception {
        long seed = System.nanoTime();
        System.out.println("handshake message fuzz seed " + seed);
        Random random = new Random(seed);
        var complete = new Conversation().greeted();
        List<Sent> messages = new ArrayList<>(complete.fromServer);
        complete.toClient(take(complete.fromServer));
        messages.addAll(complete.fromClient);
        messages.add(hello(Profile.clientOffer(new KeyShare())));

        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = mutated(messages.get(random.nextInt(messages.size())).bytes(), random);
            var talk = new Conversation();
            talk.client.startHandshake(NamedGroup.secp256r1, List.of());
            boolean toServer = random.nextBoolean();
            Throwable thrown = catchThrowable(() -> {
                Sent sent = new Sent(bytes, random.nextBoolean() ? INITIAL : HANDSHAKE);
                if (toServer) {
                    talk.toServer(sent);
                } else {
                    talk.toClient(sent);
                }
            });
            if (thrown != null) {
                assertThat(thrown).as(HexFormat.of().formatHex(bytes)).isInstanceOf(TlsProtocolException.class);
            }
            accepted += thrown == null ? 1 : 0;
        }

        System.out.println("handshake message fuzz: " + accepted + " of 20000 were taken");
        assertThat(accepted).isPositive();
    }

    private static byte[] mutated(byte[] message, Random random) {
        byte[] bytes = message.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
        }
        if (bytes.length >= 4 && random.nextInt(4) > 0) {
            // so that more than the header is looked at
            ByteBuffer.wrap(bytes).putInt(bytes[0] << 24 | bytes.length - 4);
        }
        return bytes;
    }

    private static void assertCutsRefused(List<Sent> messages, boolean toServer) {
        for (Sent message : messages) {
            for (int length = 0; length < message.bytes().length; length++) {
                byte[] cut = Arrays.copyOf(message.bytes(), length);
                if (length >= 4) {
                    ByteBuffer.wrap(cut).putInt(cut[0] << 24 | length - 4);
                }
                var talk = new Conversation();
                Throwable thrown = catchThrowable(() -> {
                    talk.client.startHandshake(NamedGroup.secp256r1, List.of());
                    if (toServer) {
                        talk.toServer(message.with(cut));
                    } else {
                        talk.toClient(message.with(cut));
                    }
                });
                assertThat(thrown).as(message.type() + " cut to " + length).isInstanceOf(TlsProtocolException.class);
            }
        }
    }

    private static void assertOffer(AlertDescription expected, int type, String body) {
        List<Extension> offer = new ArrayList<>(Profile.clientOffer(new KeyShare()));
        offer.removeIf(e -> e.getType() == type);
        if (body != null) {
            offer.add(new RawExtension(type, HexFormat.of().parseHex(body)));
        }
        assertAlert(expected, () -> new Conversation().toServer(hello(offer)));
    }

    private static void assertHello(AlertDescription expected, CipherSuite suite, List<Extension> extensions)
            throws Exception {
        var talk = new Conversation();
        talk.client.startHandshake(NamedGroup.secp256r1, List.of());
        Sent hello = new Sent(ServerHello.of(new byte[32], suite, extensions).getBytes(), INITIAL);

        assertAlert(expected, () -> talk.toClient(hello));
    }

    private interface Change {
        byte[] of(byte[] message);
    }

    private static void assertProof(AlertDescription expected, Change change) throws Exception {
        var talk = new Conversation().answered();
        List<Sent> flight = take(talk.fromClient);
        var late = new Conversation().greeted();
        List<Sent> serverFlight = take(late.fromServer);
        talk.toServer(flight.getFirst());
        late.toClient(serverFlight.subList(0, 4));

        assertAlert(expected, () -> talk.toServer(flight.get(1).with(change.of(flight.get(1).bytes()))));
        assertAlert(expected, () -> late.toClient(serverFlight.get(4).with(change.of(serverFlight.get(4).bytes()))));
    }

    private static void assertCertificate(AlertDescription expected, byte[] message) throws Exception {
        var talk = new Conversation().answered();

        assertAlert(expected, () -> talk.toServer(new Sent(message, HANDSHAKE)));
        assertThat(talk.admitted).isNull();
    }

    private static byte[] certificate(byte[] body) {
        return new WireWriter().u8(11).vector24(body).toBytes();
    }

    private static void serverHelloThen(EncryptedExtensions extensions) throws Exception {
        var talk = new Conversation().greeted();
        talk.toClient(talk.fromServer.getFirst());
        talk.toClient(new Sent(extensions.getBytes(), HANDSHAKE));
    }

    private static Sent hello(List<Extension> extensions) {
        var hello = ClientHello.of(new byte[32], List.of(CipherSuite.TLS_AES_128_GCM_SHA256), extensions);
        return new Sent(hello.getBytes(), INITIAL);
    }

    private static Extension protocol(String name) {
        return new ApplicationLayerProtocolNegotiationExtension(name);
    }
}
