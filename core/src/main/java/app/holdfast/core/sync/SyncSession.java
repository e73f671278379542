package app.holdfast.core.sync;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Admission;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.clock.Author;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One conversation with one device, from its hello to its end (`docs/protocol/sync.md`, section 4).
///
///     GREETING --their hello--> TALKING --violation or loss of the link--> over
///
/// Confined to the writer, like the tables it reads; what a turn wants said leaves once the turn's transaction has
/// committed. When that fails the session is thrown away and a new one says hello: nothing here must survive.
public final class SyncSession {

    /// Events offered at once; the next follow their acknowledgement.
    private static final int EVENTS_AHEAD_MAX = Group.EVENTS_MAX;
    /// How long an author waits whose groups the peer did not take.
    private static final long REFUSED_MILLIS = 30_000;
    /// No author has written so much; who says so means harm.
    private static final long SEQUENCE_MAX = 1L << 53;
    private static final List<String> SCHEMA = List.of(Models.MEMBER, Models.REVOKED, Models.CLAIM, Models.TAG,
            Models.ASSIGNMENT, Models.DEVICE, Models.VOLUME, Models.LOCATION, Models.ENTRY);

    private final SyncDesk desk;
    private final DeviceId peer;
    private final Following following;
    private final Serving serving = new Serving();
    private final Reconciliation reconciliation = new Reconciliation();
    private boolean greeted;
    private boolean groupsUnderWay;
    private boolean reconcileAsked;
    private VersionVector peerCovers = VersionVector.EMPTY;
    private Progress progress = Progress.NONE;
    private final Map<Author, Long> offered = new HashMap<>();
    private final Map<Author, Long> refused = new HashMap<>();

    public SyncSession(SyncDesk desk, DeviceId peer) {
        this.desk = desk;
        this.peer = peer;
        this.following = new Following(desk, this, peer);
    }

    DeviceId peer() {
        return peer;
    }

    /// What is said first.
    public Turn open(Transaction tx) {
        return Turn.say(List.of(new SyncMessage.Hello(SyncMessage.PROTOCOL, SyncMessage.PROTOCOL, SCHEMA,
                tx.state().library(), tx.state().author(), tx.shared().vector(), tx.state().time().nowMillis())));
    }

    /// Takes in what arrived and says what follows from it.
    public Turn receive(Transaction tx, SyncMessage message) {
        if (message instanceof SyncMessage.Goodbye(String reason)) {
            return new Turn(List.of(), Optional.of("the other device ended the conversation: " + reason));
        }
        if (message instanceof SyncMessage.Hello hello) {
            return greeted ? Turn.violation("a second hello") : greet(tx, hello);
        }
        if (!greeted) {
            return Turn.violation("something came before hello");
        }
        if (!isSane(message)) {
            return Turn.violation("a sequence that nobody can have reached");
        }
        List<SyncMessage> say = new ArrayList<>();
        Optional<String> violation = switch (message) {
            case SyncMessage.Groups(List<Group> groups) -> admit(tx, groups, say);
            case SyncMessage.Ack(VersionVector covered) -> acknowledged(tx, covered);
            case SyncMessage.NeedReconcile _, SyncMessage.ManifestOpen _, SyncMessage.ManifestPage _,
                    SyncMessage.Fetch _, SyncMessage.Contents _ -> reconcile(tx, message, say);
            case SyncMessage.Streams _, SyncMessage.StreamPage _, SyncMessage.StreamCut _ ->
                    following.receive(tx, message, say);
            case SyncMessage.Follow _, SyncMessage.Unfollow _, SyncMessage.PageAck _ -> serving.receive(tx, message);
            case SyncMessage.Hello _, SyncMessage.Goodbye _ -> Optional.empty();
        };
        tx.conflicts().met().forEach(field -> desk.note(peer, SyncEvent.Kind.CONFLICT, Map.of("model", field.model(),
                "record", field.record().toString(), "field", field.name())));
        if (violation.isPresent()) {
            return new Turn(List.of(new SyncMessage.Goodbye(violation.get())), violation);
        }
        say.addAll(news(tx).say());
        return Turn.say(say);
    }

    private static boolean isSane(SyncMessage message) {
        return switch (message) {
            case SyncMessage.Hello hello -> isSane(hello.covered());
            case SyncMessage.Ack(VersionVector covered) -> isSane(covered);
            case SyncMessage.ManifestPage page -> isSane(page.covered());
            case SyncMessage.Groups(List<Group> groups) ->
                    groups.stream().allMatch(group -> group.last() <= SEQUENCE_MAX);
            default -> true;
        };
    }

    private static boolean isSane(VersionVector vector) {
        return vector.sequences().values().stream().allMatch(sequence -> sequence >= 0 && sequence <= SEQUENCE_MAX);
    }

    private Turn greet(Transaction tx, SyncMessage.Hello hello) {
        if (hello.protocolMin() > SyncMessage.PROTOCOL || hello.protocolMax() < SyncMessage.PROTOCOL) {
            return Turn.violation("no protocol in common: " + hello.protocolMin() + " to " + hello.protocolMax());
        }
        if (!hello.library().equals(tx.state().library())) {
            return Turn.violation("that is another library");
        }
        if (!isSane(hello)) {
            return Turn.violation("a sequence that nobody can have reached");
        }
        greeted = true;
        peerCovers = hello.covered();
        if (hello.covered().of(tx.state().author()) > tx.shared().vector().of(tx.state().author())) {
            tx.renewIncarnation();
            desk.note(peer, SyncEvent.Kind.RENEWED, Map.of());
        }
        return news(tx);
    }

    private Optional<String> admit(Transaction tx, List<Group> groups, List<SyncMessage> say) {
        for (Group group : groups) {
            switch (tx.shared().admit(group, ChangeCodec.encode(group))) {
                case Admission.Admitted _, Admission.Duplicate _ -> covers(group);
                case Admission.NotYet _ -> {
                    if (reconciliation.start()) {
                        say.add(new SyncMessage.ManifestOpen());
                    }
                }
                case Admission.Quarantined(long aheadMillis) ->
                        desk.quarantined(tx.deviceOf(group.author()).orElse(peer), aheadMillis);
            }
        }
        say.add(new SyncMessage.Ack(tx.shared().vector()));
        return Optional.empty();
    }

    private void covers(Group group) {
        var sequences = new TreeMap<>(peerCovers.sequences());
        sequences.merge(group.author(), group.last(), Math::max);
        peerCovers = new VersionVector(sequences);
    }

    private Optional<String> acknowledged(Transaction tx, VersionVector covered) {
        peerCovers = peerCovers.union(covered);
        long retryAtMillis = tx.state().time().nowMillis() + REFUSED_MILLIS;
        offered.forEach((author, last) -> {
            if (covered.of(author) < last) {
                refused.put(author, retryAtMillis);
            }
        });
        offered.clear();
        groupsUnderWay = false;
        reconcileAsked = false;
        desk.log().acknowledged(peer, covered, tx.otherMembers());
        return Optional.empty();
    }

    private Optional<String> reconcile(Transaction tx, SyncMessage message, List<SyncMessage> say) {
        Reconciliation.Outcome outcome = reconciliation.receive(tx, message, say);
        if (outcome.quarantinedMillis() > 0) {
            desk.quarantined(peer, outcome.quarantinedMillis());
        }
        if (outcome.folded()) {
            desk.note(peer, SyncEvent.Kind.RECONCILED, Map.of());
            peerCovers = peerCovers.union(reconciliation.theirs());
            say.add(new SyncMessage.Ack(tx.shared().vector()));
        }
        return outcome.violation();
    }

    /// What has become worth saying since the last turn: after every commit that touched sync, and at the end of
    /// every other turn.
    public Turn news(Transaction tx) {
        if (!greeted) {
            return Turn.say(List.of());
        }
        List<SyncMessage> say = new ArrayList<>();
        retryFold(tx, say);
        VersionVector mine = tx.shared().vector();
        VersionVector offerable = offerable(mine, tx.state().time().nowMillis());
        if (!groupsUnderWay && !reconcileAsked && !peerCovers.coversAll(offerable)) {
            offer(offerable, say);
        }
        following.news(tx, say);
        serving.news(tx, say);
        progress = progress(mine);
        return Turn.say(say);
    }

    /// A folding that waited for a clock to be right (R8).
    private void retryFold(Transaction tx, List<SyncMessage> say) {
        if (reconciliation.retry(tx)) {
            peerCovers = peerCovers.union(reconciliation.theirs());
            say.add(new SyncMessage.Ack(tx.shared().vector()));
        }
    }

    /// What is covered here, but for authors of whom the peer did not take what it was offered a moment ago: their
    /// clock may be ahead of the peer's (R8). Only they wait.
    private VersionVector offerable(VersionVector mine, long nowMillis) {
        refused.values().removeIf(retryAtMillis -> retryAtMillis <= nowMillis);
        if (refused.isEmpty()) {
            return mine;
        }
        var sequences = new TreeMap<>(mine.sequences());
        refused.keySet().forEach(author -> sequences.put(author, peerCovers.of(author)));
        return new VersionVector(sequences);
    }

    private void offer(VersionVector mine, List<SyncMessage> say) {
        Optional<List<byte[]>> missing = desk.log().missing(peerCovers, mine, EVENTS_AHEAD_MAX);
        if (missing.isEmpty()) {
            reconcileAsked = true;
            say.add(new SyncMessage.NeedReconcile());
            return;
        }
        List<Group> groups = new ArrayList<>();
        long bytes = 0;
        for (byte[] encoded : missing.get()) {
            bytes += encoded.length;
            if (!groups.isEmpty() && bytes > ChangeCodec.GROUP_BYTES_MAX) {
                break;
            }
            Group group = decode(encoded);
            groups.add(group);
            offered.merge(group.author(), group.last(), Math::max);
        }
        if (!groups.isEmpty()) {
            groupsUnderWay = true;
            say.add(new SyncMessage.Groups(groups));
        }
    }

    private static Group decode(byte[] bytes) {
        try {
            return ChangeCodec.decodeGroup(bytes);
        } catch (MalformedChange e) {
            throw new IllegalStateException("a logged group is damaged", e);
        }
    }

    private Progress progress(VersionVector mine) {
        long changesOut = mine.sequences().entrySet().stream()
                .mapToLong(known -> Math.max(0, known.getValue() - peerCovers.of(known.getKey()))).sum();
        long changesIn = peerCovers.sequences().entrySet().stream()
                .mapToLong(known -> Math.max(0, known.getValue() - mine.of(known.getKey()))).sum();
        long out = changesOut + serving.pending();
        long in = changesIn + following.pending();
        boolean receiving = in > 0 || reconciliation.underWay();
        boolean sending = out > 0 || groupsUnderWay;
        return new Progress(receiving ? Progress.State.RECEIVING
                : sending ? Progress.State.SENDING : Progress.State.UP_TO_DATE, out, in);
    }

    /// As of the last turn.
    public Progress progress() {
        return progress;
    }

    void unfollow(Dot claim) {
        following.unfollow(claim);
    }

    /// The link is gone: other sessions may follow what this one followed. To be called once, as a job of the writer.
    public void end() {
        desk.releasedAll(this);
    }
}
