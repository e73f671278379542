package app.holdfast.core.library;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices.Confirmation;
import app.holdfast.core.api.Devices.Joined;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Joining;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.transport.Alpn;
import app.holdfast.core.transport.DialException;
import app.holdfast.core.transport.Endpoint;
import app.holdfast.core.transport.Link;
import app.holdfast.core.transport.pairing.Invitation;
import app.holdfast.core.transport.pairing.PairingMessage;
import app.holdfast.core.transport.pairing.PairingProof;
import app.holdfast.core.transport.pairing.TicketException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Joins another device's library with its ticket. One attempt; runs on a thread of its own, which may wait for a
/// person.
final class JoiningTalk {

    private final OpenLibrary library;
    private final Endpoint endpoint;
    private final Surroundings around;

    JoiningTalk(OpenLibrary library, Endpoint endpoint, Surroundings around) {
        this.library = library;
        this.endpoint = endpoint;
        this.around = around;
    }

    Joined join(String ticket, Confirmation confirm) throws CoreException {
        Invitation invitation = read(ticket);
        Set<DeviceId> members = library.members();
        boolean isOfThisLibrary = members.contains(invitation.device()); // which tells where it is to be found now
        if (!isOfThisLibrary && members.stream().anyMatch(id -> !id.equals(library.self()))) {
            throw new CoreException.AlreadyPaired("another device");
        }
        try (Link link = endpoint.dial(invitation.device(), invitation.addresses(), Alpn.PAIR)) {
            return converse(invitation, new PairingTalk(link, library.work()), confirm);
        } catch (DialException e) {
            throw e.reason() == DialException.Reason.REFUSED ? noInvitation(invitation)
                    : Connections.failure(invitation.device(), e);
        } catch (IOException e) {
            throw new CoreException.PairingDeclined(String.valueOf(e.getMessage()));
        } catch (PairingTalk.RefusedException e) {
            throw switch (e.reason()) {
                case NO_SUCH_INVITATION -> noInvitation(invitation);
                case EXPIRED -> new CoreException.TicketRefused("it has expired");
                case USED -> new CoreException.TicketRefused("another device has used it");
                case WRONG_PROOF -> new CoreException.TicketRefused("its secret is wrong");
                case DECLINED -> new CoreException.PairingDeclined("the other device declined");
                case TIMED_OUT -> new CoreException.PairingDeclined("nobody answered there in time");
                case NOT_NOW -> new CoreException.PairingDeclined("the other device cannot pair now");
            };
        }
    }

    private Invitation read(String ticket) throws CoreException {
        Invitation invitation;
        try {
            invitation = Invitation.parse(ticket.strip());
        } catch (TicketException e) {
            throw new CoreException.BadTicket(String.valueOf(e.getMessage()));
        }
        if (invitation.device().equals(library.self())) {
            throw new CoreException.BadTicket("it was made by this very device");
        }
        return invitation;
    }

    private CoreException noInvitation(Invitation invitation) {
        boolean expired = invitation.expiresSeconds() < around.time().nowMillis() / 1_000;
        return new CoreException.TicketRefused(expired ? "it has expired" : "it was used already, or withdrawn");
    }

    private Joined converse(Invitation invitation, PairingTalk talk, Confirmation confirm)
            throws IOException, PairingTalk.RefusedException, CoreException {
        byte[] ours = ByteBuffer.allocate(PairingProof.NONCE_BYTES).putLong(around.random().nextLong())
                .putLong(around.random().nextLong()).array();
        byte[] secret = invitation.secret();
        talk.say(new PairingMessage.Knock(PairingProof.nameOf(secret), ours));
        byte[] theirs = talk.await(PairingMessage.Challenge.class, PairingTalk.ANSWER).nonce();
        PairingProof transcript = new PairingProof(invitation.device(), theirs, library.self(), ours);
        String ownName = library.ask(reader -> reader.summary()).deviceName();
        talk.say(new PairingMessage.Proof(transcript.ofJoiner(secret), ownName));
        var counterproof = talk.await(PairingMessage.Counterproof.class, PairingTalk.ANSWER);
        boolean proven = PairingProof.matches(transcript.ofInviter(secret), counterproof.proof());
        String digits = transcript.digits(secret);
        PairingProof.wipe(secret);
        if (!proven) {
            throw new CoreException.NotAuthentic("the other device does not know the ticket");
        }
        if (!confirm.confirm(counterproof.deviceName(), digits)) {
            talk.say(new PairingMessage.Refused(PairingMessage.Reason.DECLINED));
            throw new CoreException.PairingDeclined("the digits were not confirmed");
        }
        talk.say(new PairingMessage.Agreed(endpoint.addresses().stream().map(Addresses::text).toList()));
        PairingMessage.Welcome welcome = talk.await(PairingMessage.Welcome.class, PairingTalk.PERSON);
        moveIn(welcome);
        talk.say(new PairingMessage.Done());
        return new Joined(invitation.device(), counterproof.deviceName(), welcome.library(), welcome.libraryName(),
                digits);
    }

    /// Takes this device and all it has into the other library, in one transaction.
    private void moveIn(PairingMessage.Welcome welcome) throws CoreException {
        Author author = new Author(around.randomId());
        try {
            library.store().writer().submit(tx -> {
                boolean moves = !tx.state().library().equals(welcome.library());
                if (moves && !tx.otherMembers().isEmpty()) {
                    throw new CoreException.AlreadyPaired("another device");
                }
                if (moves) {
                    Joining.join(tx, welcome.library(), welcome.libraryName(), author);
                }
                for (PairingMessage.Member member : welcome.members()) {
                    if (!member.id().equals(library.self())) {
                        tx.members().admitIfUnknown(member.id(), member.name());
                        List<String> usable = member.addresses().stream().filter(Addresses::isAddress).toList();
                        tx.own().notePeer(member.id(), usable, 0, 0);
                    }
                }
                return moves;
            }).thenCompose(moved -> moved ? library.backfill().begun() : CompletableFuture.completedFuture(true))
                    .thenCompose(_ -> library.refreshMembers()).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CoreException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
