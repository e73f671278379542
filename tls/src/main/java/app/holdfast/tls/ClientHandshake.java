package app.holdfast.tls;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

import tech.kwik.agent15.NewSessionTicket;
import tech.kwik.agent15.ProtectionKeysType;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsConstants.NamedGroup;
import tech.kwik.agent15.TlsConstants.SignatureScheme;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.alert.InternalErrorAlert;
import tech.kwik.agent15.engine.CertificateWithPrivateKey;
import tech.kwik.agent15.engine.ClientMessageSender;
import tech.kwik.agent15.engine.HostnameVerifier;
import tech.kwik.agent15.engine.TlsClientEngine;
import tech.kwik.agent15.engine.TlsStatusEventHandler;
import tech.kwik.agent15.extension.ApplicationLayerProtocolNegotiationExtension;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateRequestMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.agent15.handshake.NewSessionTicketMessage;
import tech.kwik.agent15.handshake.ServerHello;

/// The client's side of one handshake (RFC 8446 appendix A.1, without what the profile leaves out).
///
///     START --> SERVER_HELLO --> ENCRYPTED_EXTENSIONS --> CERTIFICATE_REQUEST --> CERTIFICATE
///           --> CERTIFICATE_VERIFY --> FINISHED --> CONNECTED;   anything wrong anywhere --> FAILED
///
/// Confined to the thread of its connection, once that has received something.
public final class ClientHandshake implements TlsClientEngine {

    /// Tickets are of no use here and are passed over; a server that goes on sending them is cut off.
    static final int TICKETS_MAX = 16;

    private enum State {
        START,
        SERVER_HELLO,
        ENCRYPTED_EXTENSIONS,
        CERTIFICATE_REQUEST,
        CERTIFICATE,
        CERTIFICATE_VERIFY,
        FINISHED,
        CONNECTED,
        FAILED
    }

    private interface Step {
        State take() throws TlsProtocolException, IOException;
    }

    private final ClientMessageSender sender;
    private final TlsStatusEventHandler connection;
    private final List<CipherSuite> supported = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();
    private @Nullable X509TrustManager trust;
    private Function<List<X500Principal>, @Nullable CertificateWithPrivateKey> ownKey = authorities -> null;

    private State state = State.START;
    private @Nullable KeyShare share;
    private @Nullable ClientHello offer;
    private @Nullable CipherSuite suite;
    private @Nullable Transcript transcript;
    private @Nullable KeySchedule keys;
    private @Nullable RawPublicKey peer;
    private int tickets;

    public ClientHandshake(ClientMessageSender sender, TlsStatusEventHandler connection) {
        this.sender = sender;
        this.connection = connection;
    }

    /// @param group   what kwik would like; the profile decides
    /// @param schemes what kwik would like; the profile decides
    @Override
    public void startHandshake(NamedGroup group, List<SignatureScheme> schemes) throws IOException {
        KeyShare fresh = new KeyShare();
        List<Extension> offered = new ArrayList<>(Profile.clientOffer(fresh));
        offered.addAll(extensions);
        ClientHello hello = ClientHello.of(Profile.random(), supported, offered);
        share = fresh;
        offer = hello;
        state = State.SERVER_HELLO;
        sender.send(hello);
    }

    @Override
    public void received(ServerHello hello, ProtectionKeysType level) throws TlsProtocolException, IOException {
        step(State.SERVER_HELLO, level == ProtectionKeysType.None, () -> {
            if (hello.isRetryRequest()) {
                throw new ErrorAlert("asked for another hello, but there is only one to offer",
                        AlertDescription.handshake_failure);
            }
            CipherSuite chosen = supported.stream().filter(hello::chooses).findFirst().orElseThrow(
                    () -> new ErrorAlert("a cipher suite that was not offered was chosen",
                            AlertDescription.illegal_parameter));
            byte[] peerShare = Profile.checkHello(hello.extensions());
            suite = chosen;
            HashAlgorithm hash = HashAlgorithm.of(chosen);
            Transcript messages = new Transcript(hash).add(known(offer)).add(hello);
            KeySchedule schedule = new KeySchedule(hash);
            transcript = messages;
            keys = schedule;
            connection.earlySecretsKnown();
            byte[] shared = known(share).agree(peerShare);
            schedule.agreed(shared, messages.hash());
            HashAlgorithm.wipe(shared);
            share = null;
            connection.handshakeSecretsKnown();
            return State.ENCRYPTED_EXTENSIONS;
        });
    }

    @Override
    public void received(EncryptedExtensions message, ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        step(State.ENCRYPTED_EXTENSIONS, level == ProtectionKeysType.Handshake, () -> {
            Set<Integer> asked = known(offer).getExtensions().stream().map(Extension::getType)
                    .collect(Collectors.toSet());
            for (Extension extension : message.getExtensions()) {
                if (!asked.contains(extension.getType())) {
                    throw new ErrorAlert("extension " + extension.getType() + " was not asked for",
                            AlertDescription.unsupported_extension);
                }
            }
            if (!Profile.choosesRawPublicKeys(message.getExtensions())) {
                throw new ErrorAlert("both sides must use raw public keys here",
                        AlertDescription.unsupported_certificate);
            }
            if (protocols(message.getExtensions()).size() != 1
                    || !protocols(extensions).containsAll(protocols(message.getExtensions()))) {
                throw new ErrorAlert("no application protocol was chosen", AlertDescription.no_application_protocol);
            }
            known(transcript).add(message);
            connection.extensionsReceived(message.getExtensions());
            return State.CERTIFICATE_REQUEST;
        });
    }

    @Override
    public void received(CertificateRequestMessage message, ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        step(State.CERTIFICATE_REQUEST, level == ProtectionKeysType.Handshake, () -> {
            if (!Profile.offersEd25519(message.extensions())) {
                throw new ErrorAlert("the server takes no Ed25519 key", AlertDescription.handshake_failure);
            }
            known(transcript).add(message);
            return State.CERTIFICATE;
        });
    }

    @Override
    public void received(CertificateMessage message, ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        if (state == State.CERTIFICATE_REQUEST) {
            state = State.FAILED;
            wipe();
            throw new ErrorAlert("the server does not ask who we are", AlertDescription.handshake_failure);
        }
        step(State.CERTIFICATE, level == ProtectionKeysType.Handshake, () -> {
            RawPublicKey shown = Profile.peerKey(message, AlertDescription.decode_error);
            checkExpected(shown);
            peer = shown;
            known(transcript).add(message);
            return State.CERTIFICATE_VERIFY;
        });
    }

    @Override
    public void received(CertificateVerifyMessage message, ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        step(State.CERTIFICATE_VERIFY, level == ProtectionKeysType.Handshake, () -> {
            KeyProof.BY_SERVER.check(message, known(peer), known(transcript).hash());
            known(transcript).add(message);
            return State.FINISHED;
        });
    }

    @Override
    public void received(FinishedMessage message, ProtectionKeysType level) throws TlsProtocolException, IOException {
        step(State.FINISHED, level == ProtectionKeysType.Handshake, () -> {
            Transcript messages = known(transcript);
            KeySchedule schedule = known(keys);
            Profile.checkFinished(message, schedule.serverVerifyData(messages.hash()));
            schedule.serverFinished(messages.add(message).hash());
            answer(messages, schedule);
            connection.handshakeFinished();
            schedule.wipe();
            return State.CONNECTED;
        });
    }

    private void answer(Transcript messages, KeySchedule schedule) throws TlsProtocolException, IOException {
        CertificateWithPrivateKey own = ownKey.apply(List.of());
        if (own == null || !(own.getCertificate() instanceof RawPublicKey publicKey)) {
            throw new InternalErrorAlert("no key of our own");
        }
        PrivateKey privateKey = own.getPrivateKey();
        CertificateMessage certificate = CertificateMessage.of(publicKey.getEncoded());
        sender.send(certificate);
        CertificateVerifyMessage proof = KeyProof.BY_CLIENT.sign(privateKey, messages.add(certificate).hash());
        sender.send(proof);
        sender.send(FinishedMessage.of(schedule.clientVerifyData(messages.add(proof).hash())));
    }

    @Override
    public void received(NewSessionTicketMessage message, ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        step(State.CONNECTED, level == ProtectionKeysType.Application && ++tickets <= TICKETS_MAX,
                () -> State.CONNECTED);
    }

    @Override
    public void received(ClientHello message, ProtectionKeysType level) throws TlsProtocolException {
        state = State.FAILED;
        wipe();
        throw new ErrorAlert("no server sends a ClientHello", AlertDescription.unexpected_message);
    }

    private void checkExpected(RawPublicKey shown) throws ErrorAlert {
        if (trust == null) {
            throw new InternalErrorAlert("no rule says which server to expect");
        }
        try {
            trust.checkServerTrusted(new X509Certificate[] {shown}, "Ed25519");
        } catch (CertificateException e) {
            throw new ErrorAlert("not the expected key", AlertDescription.unknown_ca);
        }
    }

    private void step(State from, boolean rightLevel, Step body) throws TlsProtocolException, IOException {
        State before = state;
        state = State.FAILED;
        try {
            if (before != from || !rightLevel) {
                throw new ErrorAlert("not the time for this message", AlertDescription.unexpected_message);
            }
            state = body.take();
        } finally {
            if (state == State.FAILED) {
                wipe();
            }
        }
    }

    private void wipe() {
        share = null;
        if (keys != null) {
            keys.wipe();
        }
    }

    private static List<String> protocols(List<Extension> extensions) {
        return extensions.stream()
                .filter(ApplicationLayerProtocolNegotiationExtension.class::isInstance)
                .flatMap(e -> ((ApplicationLayerProtocolNegotiationExtension) e).getProtocols().stream())
                .toList();
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not known at this stage of the handshake");
        }
        return value;
    }

    @Override
    public void addSupportedCiphers(List<CipherSuite> ciphers) {
        supported.addAll(ciphers);
    }

    @Override
    public void add(Extension extension) {
        extensions.add(extension);
    }

    @Override
    public void setServerName(String name) {
        // a server is known by its key; its name is not sent (RFC 6066 would show it to everyone on the way)
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        // a server is known by its key
    }

    @Override
    public void setTrustManager(X509TrustManager trustManager) {
        trust = trustManager;
    }

    @Override
    public void setNewSessionTicket(NewSessionTicket ticket) {
        throw new UnsupportedOperationException("sessions are not resumed");
    }

    @Override
    public void setClientCertificateCallback(Function<List<X500Principal>, CertificateWithPrivateKey> callback) {
        ownKey = callback::apply;
    }

    @Override
    public CipherSuite getSelectedCipher() {
        return known(suite);
    }

    @Override
    public List<X509Certificate> getServerCertificateChain() {
        return state == State.CONNECTED ? List.of(known(peer)) : List.of();
    }

    @Override
    public byte @Nullable [] getClientEarlyTrafficSecret() {
        return null;
    }

    @Override
    public byte[] getClientHandshakeTrafficSecret() {
        return known(keys).clientHandshakeSecret();
    }

    @Override
    public byte[] getServerHandshakeTrafficSecret() {
        return known(keys).serverHandshakeSecret();
    }

    @Override
    public byte[] getClientApplicationTrafficSecret() {
        return known(keys).clientApplicationSecret();
    }

    @Override
    public byte[] getServerApplicationTrafficSecret() {
        return known(keys).serverApplicationSecret();
    }
}
