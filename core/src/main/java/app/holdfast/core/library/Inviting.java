package app.holdfast.core.library;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Topic;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.CatalogueReader.StoredDevice;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.Service;
import app.holdfast.core.transport.pairing.Invitation;
import app.holdfast.core.transport.pairing.InvitationBook;
import app.holdfast.core.transport.pairing.PairingMessage;
import app.holdfast.core.transport.pairing.PairingMessage.Reason;
import app.holdfast.core.transport.pairing.PairingProof;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The conversations with those who come with an invitation of this device. What an invitation is good for is
/// [InvitationBook]'s to say. Any thread.
final class Inviting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Inviting.class);

    private final OpenLibrary library;
    private final TimeSource time;
    private final RandomSource random;
    private final Supplier<List<InetSocketAddress>> listens;
    private final InvitationBook book = new InvitationBook();
    private final Map<DeviceId, CompletableFuture<Boolean>> asked = new ConcurrentHashMap<>();

    Inviting(OpenLibrary library, TimeSource time, RandomSource random, Supplier<List<InetSocketAddress>> listens) {
        this.library = library;
        this.time = time;
        this.random = random;
        this.listens = listens;
    }

    /// Makes one. The oldest goes when there are too many.
    Invitation invite(boolean acceptAtOnce, Duration valid) {
        byte[] secret = nonce();
        long expiresSeconds = (time.nowMillis() + valid.toMillis()) / 1_000;
        Invitation invitation = new Invitation(library.self(), listens.get(), secret, expiresSeconds);
        PairingProof.wipe(secret);
        book.add(invitation, acceptAtOnce);
        return invitation;
    }

    private byte[] nonce() {
        return ByteBuffer.allocate(PairingProof.NONCE_BYTES).putLong(random.nextLong()).putLong(random.nextLong())
                .array();
    }

    /// Lets in, inside the handshake, whoever comes while someone is expected; everything else is the conversation's.
    Service service() {
        return new Service(_ -> book.expectsAnyone(time.nowMillis()), this::converse);
    }

    /// The answer of this device's person to [CoreEvent.PairingAsked].
    void answer(DeviceId device, boolean accept) {
        CompletableFuture<Boolean> waiting = asked.get(device);
        if (waiting != null) {
            waiting.complete(accept);
        }
    }

    /// On the link's own thread.
    private void converse(Link link) {
        PairingTalk talk = new PairingTalk(link, library.work());
        try {
            pair(link.peer(), talk);
        } catch (IOException e) {
            LOG.info("pairing broke off device={} cause={}", link.peer(), e.getMessage());
        } catch (PairingTalk.RefusedException e) {
            LOG.info("the other device ended the pairing device={} reason={}", link.peer(), e.reason());
        }
    }

    private void pair(DeviceId joiner, PairingTalk talk) throws IOException, PairingTalk.RefusedException {
        PairingMessage.Knock knock = talk.await(PairingMessage.Knock.class, PairingTalk.ANSWER);
        byte[] ours = nonce();
        talk.say(new PairingMessage.Challenge(ours));
        PairingMessage.Proof proof = talk.await(PairingMessage.Proof.class, PairingTalk.ANSWER);
        PairingProof exchange = new PairingProof(library.self(), ours, joiner, knock.nonce());
        switch (book.prove(knock.invitation(), exchange, proof.proof(), time.nowMillis())) {
            case InvitationBook.Answer.Refused(Reason reason) -> talk.say(new PairingMessage.Refused(reason));
            case InvitationBook.Answer.Proven proven -> goOn(joiner, proof.deviceName(), proven, talk, knock);
        }
    }

    private void goOn(DeviceId joiner, String name, InvitationBook.Answer.Proven proven, PairingTalk talk,
            PairingMessage.Knock knock) throws IOException, PairingTalk.RefusedException {
        var names = library.ask(reader -> reader.summary());
        talk.say(new PairingMessage.Counterproof(proven.counterproof(), names.deviceName(), names.libraryName()));
        Optional<Boolean> accepted = proven.acceptAtOnce() ? Optional.of(true)
                : askPerson(joiner, name, proven.digits());
        if (accepted.isEmpty()) {
            talk.say(new PairingMessage.Refused(Reason.TIMED_OUT));
            return;
        }
        if (!accepted.get()) {
            book.declined(knock.invitation(), time.nowMillis());
            talk.say(new PairingMessage.Refused(Reason.DECLINED));
            return;
        }
        PairingMessage.Agreed agreed = talk.await(PairingMessage.Agreed.class, PairingTalk.PERSON);
        admit(joiner, name, agreed.addresses());
        talk.say(new PairingMessage.Welcome(names.library(), names.libraryName(), members()));
        talk.await(PairingMessage.Done.class, PairingTalk.ANSWER);
        library.moments().tell(new CoreEvent.DeviceJoined(joiner, name));
        library.touched(Topic.DEVICES);
    }

    /// @return empty when nobody answered in time
    private Optional<Boolean> askPerson(DeviceId joiner, String name, String digits) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        asked.put(joiner, answer);
        library.moments().tell(new CoreEvent.PairingAsked(joiner, name, digits));
        try {
            return Optional.of(answer.get(PairingTalk.PERSON.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            asked.remove(joiner, answer);
        }
    }

    /// Makes the device a member, durably, before it is told so.
    private void admit(DeviceId joiner, String name, List<String> addresses) throws IOException {
        List<String> usable = addresses.stream().filter(Addresses::isAddress).toList();
        try {
            library.store().writer().submit(tx -> {
                if (tx.members().isRevoked(joiner)) {
                    throw new CoreException.Refused("a forgotten device comes back with a new key only");
                }
                tx.members().admit(joiner, name);
                tx.own().notePeer(joiner, usable, 0, 0);
                return true;
            }).thenCompose(_ -> library.refreshMembers()).join();
        } catch (CompletionException e) {
            throw new IOException("the new member could not be noted: " + e.getMessage(), e);
        }
    }

    private List<PairingMessage.Member> members() {
        List<StoredDevice> devices = library.store().readers().ask(reader -> reader.devices()).join();
        List<String> ours = listens.get().stream().map(Addresses::text).toList();
        return devices.stream().limit(PairingMessage.MEMBERS_MAX).map(device -> new PairingMessage.Member(device.id(),
                device.name(), device.id().equals(library.self()) ? ours : device.addresses())).toList();
    }

    /// Nobody is expected any more.
    @Override
    public void close() {
        book.close();
        asked.values().forEach(answer -> answer.cancel(false));
    }
}
