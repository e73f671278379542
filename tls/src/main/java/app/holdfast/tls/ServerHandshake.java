package app.holdfast.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

import tech.kwik.agent15.ProtectionKeysType;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.engine.ServerMessageSender;
import tech.kwik.agent15.engine.TlsServerEngine;
import tech.kwik.agent15.engine.TlsStatusEventHandler;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.CertificateRequestMessage;
import tech.kwik.agent15.handshake.CertificateVerifyMessage;
import tech.kwik.agent15.handshake.ClientHello;
import tech.kwik.agent15.handshake.EncryptedExtensions;
import tech.kwik.agent15.handshake.FinishedMessage;
import tech.kwik.agent15.handshake.HandshakeMessage;
import tech.kwik.agent15.handshake.NewSessionTicketMessage;
import tech.kwik.agent15.handshake.ServerHello;

/// The server's side of one handshake (RFC 8446 appendix A.2, without what the profile leaves out).
///
///     CLIENT_HELLO --> CERTIFICATE --> CERTIFICATE_VERIFY --> FINISHED --admitted--> CONNECTED
///          '----------------'-------------------'-----------------'--anything wrong--> FAILED
///
/// Confined to the thread of its connection.
public final class ServerHandshake implements TlsServerEngine {

    private enum State {
        CLIENT_HELLO,
        CERTIFICATE,
        CERTIFICATE_VERIFY,
        FINISHED,
        CONNECTED,
        FAILED
    }

    private interface Step {
        State take() throws TlsProtocolException, IOException;
    }

    private final ServerMessageSender sender;
    private final TlsStatusEventHandler connection;
    private final Credentials own;
    private final Admission admission;
    private final HandshakeLimit limit;
    private final List<CipherSuite> supported = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();

    private State state = State.CLIENT_HELLO;
    private @Nullable CipherSuite suite;
    private @Nullable Transcript transcript;
    private @Nullable KeySchedule keys;
    private @Nullable RawPublicKey peer;
    private @Nullable String protocol;

    /// @param limit is told when this handshake has come to an end
    public ServerHandshake(ServerMessageSender sender, TlsStatusEventHandler connection, Credentials own,
            Admission admission, HandshakeLimit limit) {
        this.sender = sender;
        this.connection = connection;
        this.own = own;
        this.admission = admission;
        this.limit = limit;
    }

    @Override
    public void received(ClientHello hello, ProtectionKeysType level) throws TlsProtocolException, IOException {
        step(State.CLIENT_HELLO, level == ProtectionKeysType.None, () -> {
            CipherSuite chosen = supported.stream().filter(hello::offers).findFirst().orElseThrow(
                    () -> new ErrorAlert("no cipher suite in common", AlertDescription.handshake_failure));
            byte[] peerShare = Profile.checkOffer(hello.getExtensions());
            suite = chosen;
            // kwik chooses the protocol and adds its own extensions, or throws
            connection.extensionsReceived(hello.getExtensions());
            connection.earlySecretsKnown();
            answer(hello, chosen, peerShare);
            return State.CERTIFICATE;
        });
    }

    private void answer(ClientHello hello, CipherSuite chosen, byte[] peerShare)
            throws TlsProtocolException, IOException {
        HashAlgorithm hash = HashAlgorithm.of(chosen);
        Transcript messages = new Transcript(hash).add(hello);
        KeySchedule schedule = new KeySchedule(hash);
        transcript = messages;
        keys = schedule;

        KeyShare share = new KeyShare();
        byte[] shared = share.agree(peerShare);
        ServerHello answer = ServerHello.of(Profile.random(), chosen, Profile.serverHello(share));
        sender.send(answer);
        schedule.agreed(shared, messages.add(answer).hash());
        HashAlgorithm.wipe(shared);
        connection.handshakeSecretsKnown();

        extensions.addAll(Profile.certificateTypes());
        CertificateRequestMessage request = CertificateRequestMessage.of(List.of(Profile.signatureAlgorithms()));
        EncryptedExtensions encrypted = EncryptedExtensions.of(extensions).followedBy(request);
        sender.send(encrypted);
        CertificateMessage certificate = CertificateMessage.of(own.publicKey().getEncoded());
        sender.send(certificate);
        byte[] signed = messages.add(encrypted).add(certificate).hash();
        CertificateVerifyMessage proof = KeyProof.BY_SERVER.sign(own.privateKey(), signed);
        sender.send(proof);
        FinishedMessage finished = FinishedMessage.of(schedule.serverVerifyData(messages.add(proof).hash()));
        sender.send(finished);
        schedule.serverFinished(messages.add(finished).hash());
    }

    @Override
    public void received(CertificateMessage message, ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        step(State.CERTIFICATE, level == ProtectionKeysType.Handshake, () -> {
            peer = Profile.peerKey(message, AlertDescription.certificate_required);
            known(transcript).add(message);
            return State.CERTIFICATE_VERIFY;
        });
    }

    @Override
    public void received(CertificateVerifyMessage message, ProtectionKeysType level)
            throws TlsProtocolException, IOException {
        step(State.CERTIFICATE_VERIFY, level == ProtectionKeysType.Handshake, () -> {
            KeyProof.BY_CLIENT.check(message, known(peer), known(transcript).hash());
            known(transcript).add(message);
            return State.FINISHED;
        });
    }

    @Override
    public void received(FinishedMessage message, ProtectionKeysType level) throws TlsProtocolException, IOException {
        step(State.FINISHED, level == ProtectionKeysType.Handshake, () -> {
            KeySchedule schedule = known(keys);
            Profile.checkFinished(message, schedule.clientVerifyData(known(transcript).hash()));
            if (!admission.admits(connection, known(peer), known(protocol))) {
                throw new ErrorAlert("not admitted", AlertDescription.access_denied);
            }
            // kwik takes the secrets for 1-RTT and starts the application's protocol before this returns
            connection.handshakeFinished();
            schedule.wipe();
            return State.CONNECTED;
        });
    }

    @Override
    public void received(ServerHello message, ProtectionKeysType level) throws TlsProtocolException {
        refuse(message);
    }

    @Override
    public void received(EncryptedExtensions message, ProtectionKeysType level) throws TlsProtocolException {
        refuse(message);
    }

    @Override
    public void received(CertificateRequestMessage message, ProtectionKeysType level) throws TlsProtocolException {
        refuse(message);
    }

    @Override
    public void received(NewSessionTicketMessage message, ProtectionKeysType level) throws TlsProtocolException {
        refuse(message);
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
            if (state == State.FAILED || state == State.CONNECTED) {
                limit.end(this);
            }
        }
    }

    private void refuse(HandshakeMessage message) throws ErrorAlert {
        state = State.FAILED;
        wipe();
        limit.end(this);
        throw new ErrorAlert("no client sends " + message.getClass().getSimpleName(),
                AlertDescription.unexpected_message);
    }

    private void wipe() {
        if (keys != null) {
            keys.wipe();
        }
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
    public void addServerExtensions(Extension extension) {
        extensions.add(extension);
    }

    @Override
    public void setSelectedApplicationLayerProtocol(String selected) {
        protocol = selected;
    }

    @Override
    public void setSessionData(byte[] data) {
        // no session is ever resumed
    }

    @Override
    public void setSessionDataVerificationCallback(Function<ByteBuffer, Boolean> callback) {
        // no session is ever resumed
    }

    @Override
    public CipherSuite getSelectedCipher() {
        return known(suite);
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
