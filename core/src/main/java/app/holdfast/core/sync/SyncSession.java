package app.holdfast.core.sync;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Admission;
import app.holdfast.core.store.Staging.Phase;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.clock.Author;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/// One conversation with one device, from its hello to its end (`docs/protocol/sync.md`, section 4).
///
///     GREETING --their hello--> TALKING --violation or loss of the link--> over
///
/// Confined to the writer, like the tables it reads; what a turn wants said leaves once the turn's transaction has
/// committed. When that fails the session is thrown away and a new one says hello: nothing here must survive.
public final class SyncSession {

    /// Events offered at once, which the peer commits at once; the next follow their acknowledgement (ADR 96).
    private static final int EVENTS_AHEAD_MAX = 5 * Group.EVENTS_MAX;
    /// How long an author waits whose groups the peer did not take.
    private static final long REFUSED_MILLIS = 30_000;
    /// No author has written so much; who says so means harm.
    static final long SEQUENCE_MAX = 1L << 53;
    static final String OUT_OF_REACH = "a sequence that nobody can have reached";

    private final SyncDesk desk;
    private final DeviceId peer;
    private final Following following;
    private final Serving serving;
    private final Answering answering;
    private final Reconciliation reconciliation;
    private final Refilling refilling;
    private final Checking checking;
    private boolean greeted;
    private boolean groupsUnderWay;
    private boolean reconcileAsked;
    private long foldsSeen;
    /// Arrived while this device folds.
    private Optional<SyncMessage.Groups> held = Optional.empty();
    private VersionVector peerCovers = VersionVector.EMPTY;
    private Progress progress = Progress.NONE;
    private final Map<Author, Long> offered = new HashMap<>();
    private final Map<Author, Long> refused = new HashMap<>();
    private final Doubts doubts;

    public SyncSession(SyncDesk desk, DeviceId peer) {
        this.desk = desk;
        this.peer = peer;
        this.following = new Following(desk, this, peer);
        this.refilling = new Refilling(peer);
        this.serving = new Serving(desk, peer);
        this.answering = new Answering(desk.log(), peer);
        this.reconciliation = new Reconciliation(desk, this);
        this.checking = new Checking(desk, this, reconciliation);
        this.doubts = new Doubts(desk, peer);
        this.foldsSeen = desk.folds();
    }

    DeviceId peer() {
        return peer;
    }

    /// What is covered here, as the peer may know it.
    VersionVector covered(Transaction tx) {
        return doubts.shown(tx.forks().shownTo(peer));
    }

    boolean isRefilling() {
        return refilling.isUnderWay();
    }

    /// Authors of whom the peer seems to have been told something else.
    SortedSet<Author> doubted() {
        return doubts.authors();
    }

    /// What is said first.
    public Turn open(Transaction tx) {
        return Turn.say(List.of(new SyncMessage.Hello(SyncMessage.PROTOCOL, SyncMessage.PROTOCOL,
                tx.state().models().names(), tx.state().library(), tx.state().author(), covered(tx),
                tx.forks().headsShownTo(peer), tx.state().time().nowMillis())));
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
        if (tx.members().isRevoked(peer)) {
            return Turn.say(List.of());
        }
        if (!isSane(message)) {
            return Turn.violation(OUT_OF_REACH);
        }
        reconciliation.look();
        List<SyncMessage> say = new ArrayList<>();
        Optional<String> violation = switch (message) {
            case SyncMessage.Groups groups -> groups(tx, groups, say);
            case SyncMessage.Ack(VersionVector covered) -> acknowledged(tx, covered);
            case SyncMessage.NeedReconcile _, SyncMessage.ManifestOpen _, SyncMessage.Compare _, SyncMessage.Fetch _,
                    SyncMessage.Check _ -> answer(tx, message, say);
            case SyncMessage.Manifest manifest -> {
                if (!tx.forks().isCredible(manifest.covered())) {
                    yield Optional.of(OUT_OF_REACH);
                }
                peerCovers = peerCovers.union(manifest.covered());
                yield manifest(tx, manifest, say);
            }
            case SyncMessage.Contents contents when refilling.isUnderWay() -> refilling.take(tx, contents);
            case SyncMessage.Compared _, SyncMessage.Contents _ -> reconciliation.receive(tx, message, say);
            case SyncMessage.Streams _, SyncMessage.StreamPage _, SyncMessage.StreamCut _,
                    SyncMessage.StreamLeaves _, SyncMessage.LeafPage _ -> following.receive(tx, message, say);
            case SyncMessage.Follow _, SyncMessage.Unfollow _, SyncMessage.PageAck _, SyncMessage.LeafFetch _ ->
                    serving.receive(tx, message, say);
            case SyncMessage.Hello _, SyncMessage.Goodbye _ -> Optional.empty();
        };
        if (violation.isPresent()) {
            noteConflicts(tx);
            return new Turn(List.of(new SyncMessage.Goodbye(violation.get())), violation);
        }
        say.addAll(news(tx).say());
        return Turn.say(say);
    }

    private static boolean isSane(SyncMessage message) {
        return switch (message) {
            case SyncMessage.Hello hello -> isSane(hello.covered());
            case SyncMessage.Ack(VersionVector covered) -> isSane(covered);
            case SyncMessage.Manifest manifest -> isSane(manifest.covered());
            case SyncMessage.Groups(List<EncodedGroup> groups) ->
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
        if (!isSane(hello) || !tx.forks().isCredible(hello.covered())) {
            return Turn.violation(OUT_OF_REACH);
        }
        greeted = true;
        desk.greeted(peer, this);
        peerCovers = hello.covered();
        following.meet(new Met(peer, hello.incarnation(), tx.shared().vector()));
        return doubts.meet(tx, hello).map(Turn::violation).orElseGet(() -> news(tx));
    }

    private Optional<String> manifest(Transaction tx, SyncMessage.Manifest manifest, List<SyncMessage> say) {
        if (!reconciliation.resumes(tx)) {
            return Optional.empty();
        }
        if (reconciliation.isOpened()) {
            Doubts.Finding finding = doubts.judge(tx, manifest);
            if (finding.violation().isPresent()) {
                return finding.violation();
            }
            if (finding.isSettling()) {
                reconciliation.again();
                return Optional.empty();
            }
        }
        return reconciliation.receive(tx, manifest, say);
    }

    /// While half a state stands in the tables nothing is admitted (R5).
    private Optional<String> groups(Transaction tx, SyncMessage.Groups groups, List<SyncMessage> say) {
        if (tx.staging().phase() == Phase.FOLD) {
            held = Optional.of(groups);
            return Optional.empty();
        }
        return admit(tx, groups.groups(), say);
    }

    private Optional<String> admit(Transaction tx, List<EncodedGroup> groups, List<SyncMessage> say) {
        tx.shared().gather();
        for (EncodedGroup group : groups) {
            boolean isNews = group.last() > covered(tx).of(group.author());
            if (isNews && doubts.concern(tx, group)) { // here it may follow something else
                reconciliation.want();
                continue;
            }
            switch (tx.shared().admit(group)) {
                case Admission.Admitted _, Admission.Duplicate _ -> covers(group);
                case Admission.NotYet _ -> reconciliation.want();
                case Admission.Quarantined(long aheadMillis) ->
                        desk.quarantined(tx.deviceOf(group.author()).orElse(peer), aheadMillis);
            }
        }
        tx.shared().writeGathered();
        say.add(new SyncMessage.Ack(covered(tx)));
        return Optional.empty();
    }

    private void covers(EncodedGroup group) {
        var sequences = new TreeMap<>(peerCovers.sequences());
        sequences.merge(group.author(), group.last(), Math::max);
        peerCovers = new VersionVector(sequences);
    }

    private Optional<String> acknowledged(Transaction tx, VersionVector covered) {
        Optional<String> violation = doubts.meetAhead(tx, covered);
        if (violation.isPresent()) {
            return violation;
        }
        refused.keySet().removeIf(author -> covered.of(author) > peerCovers.of(author));
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
        desk.log().acknowledged(peer, covered, tx::mayLack);
        return Optional.empty();
    }

    private Optional<String> answer(Transaction tx, SyncMessage message, List<SyncMessage> say) {
        switch (message) {
            case SyncMessage.NeedReconcile _ -> reconciliation.want();
            case SyncMessage.ManifestOpen(SortedSet<Author> doubted) -> answering.open(doubted);
            case SyncMessage.Compare(List<SyncMessage.RangeSum> ranges) -> answering.compare(ranges, say);
            case SyncMessage.Fetch(List<Dot> dots) -> Answering.fetch(tx, dots, say);
            case SyncMessage.Check check -> checking.receive(tx, check, say);
            default -> throw new IllegalArgumentException("no question: " + message.getClass());
        }
        return Optional.empty();
    }

    /// Whether all is here that the peer is known to have of streams, and the other way round.
    boolean hasAll() {
        return following.said().hasHeard() && following.pending() == 0 && serving.pending() == 0;
    }

    /// Whether the peer has nothing that is not here, as far as is known.
    boolean lacksNothing() {
        return progress.state() == Progress.State.UP_TO_DATE || progress.state() == Progress.State.SENDING;
    }

    /// Whether the peer says that it has all of the library.
    boolean hasPeerAll() {
        return following.said().hasAll();
    }

    /// Has the peer compare what it holds with what is held here, at once.
    public Turn selfCheck(Transaction tx) {
        return Turn.say(greeted ? List.of(checking.check(tx, false)) : List.of());
    }

    /// What has become worth saying since the last turn: after every commit that touched sync, and at the end of
    /// every other turn. A device that was forgotten is told nothing more, though its link is still there for a moment.
    public Turn news(Transaction tx) {
        if (!greeted || tx.members().isRevoked(peer)) {
            return Turn.say(List.of());
        }
        List<SyncMessage> say = new ArrayList<>();
        reconciliation.look();
        desk.fold(tx, peer);
        boolean folds = tx.staging().phase() == Phase.FOLD;
        if (!folds) {
            afterFold(tx, say);
        }
        boolean isPending = !doubted().isEmpty() || tx.forks().isPending(peer);
        if (isPending && !reconciliation.isUnderWay() && !reconciliation.isSource()) {
            reconciliation.want();
        }
        answering.news(tx, doubted(), peerCovers, say);
        VersionVector mine = covered(tx);
        reconciliation.news(tx, mine, peerCovers, say);
        VersionVector offerable = offerable(mine, tx.state().time().nowMillis());
        // nothing is offered to a peer from which names given twice are still to be fetched: it might remove them
        boolean mayOffer = !folds && !isPending && !groupsUnderWay && !reconcileAsked;
        if (mayOffer && !peerCovers.coversAll(offerable)) {
            offer(tx, offerable, say);
        }
        if (!reconciliation.isFetching()) {
            refilling.news(tx, peerCovers, say);
        }
        checking.news(tx, mine, peerCovers, say);
        following.news(tx, say);
        serving.news(tx, say);
        progress = progress(mine);
        desk.backfill(tx, this);
        following.tellAll(tx, peerCovers.coversAll(mine), say);
        noteConflicts(tx);
        return Turn.say(say);
    }

    /// Those that this transaction has brought, by groups and by a fold. To be called once, as the last thing.
    private void noteConflicts(Transaction tx) {
        tx.conflicts().met().forEach(field -> desk.note(peer, SyncEvent.Kind.CONFLICT, Map.of("model", field.model(),
                "record", field.record().toString(), "field", field.name())));
    }

    /// Tells what a fold has brought, and takes in what waited for its end.
    private void afterFold(Transaction tx, List<SyncMessage> say) {
        boolean isTold = foldsSeen == desk.folds();
        foldsSeen = desk.folds();
        if (!isTold) {
            reconciliation.folded();
        }
        if (held.isPresent()) {
            List<EncodedGroup> groups = held.get().groups();
            held = Optional.empty();
            var _ = admit(tx, groups, say);
        } else if (!isTold) {
            say.add(new SyncMessage.Ack(covered(tx)));
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

    private void offer(Transaction tx, VersionVector mine, List<SyncMessage> say) {
        Optional<List<EncodedGroup>> missing = desk.log().missing(peerCovers, mine, EVENTS_AHEAD_MAX);
        if (missing.isEmpty()) {
            reconcileAsked = true;
            if (mine.sequences().keySet().stream().anyMatch(author -> peerCovers.of(author) < mine.of(author)
                    && tx.deviceOf(author).equals(Optional.of(peer)))) { // what it wrote itself it expects of nobody
                say.add(new SyncMessage.Ack(mine));
            }
            say.add(new SyncMessage.NeedReconcile());
        } else if (!missing.get().isEmpty()) {
            missing.get().forEach(group -> offered.merge(group.author(), group.last(), Math::max));
            groupsUnderWay = true;
            say.add(new SyncMessage.Groups(missing.get()));
        }
    }

    private Progress progress(VersionVector mine) {
        long changesOut = mine.sequences().entrySet().stream()
                .mapToLong(known -> Math.max(0, known.getValue() - peerCovers.of(known.getKey()))).sum();
        long changesIn = peerCovers.sequences().entrySet().stream()
                .mapToLong(known -> Math.max(0, known.getValue() - mine.of(known.getKey()))).sum();
        long out = changesOut + serving.pending();
        long in = changesIn + following.pending();
        boolean receiving = in > 0 || reconciliation.isUnderWay();
        boolean sending = out > 0 || groupsUnderWay;
        boolean hasHeard = following.said().hasHeard();
        return new Progress(!hasHeard ? Progress.State.GREETING : receiving ? Progress.State.RECEIVING : sending
                ? Progress.State.SENDING : Progress.State.UP_TO_DATE, out, in);
    }

    /// As of the last turn.
    public Progress progress() {
        return progress;
    }

    void unfollow(Dot claim) {
        following.unfollow(claim);
    }

    Following following() {
        return following;
    }

    /// The link is gone: other sessions may follow what this one followed. To be called once, as a job of the writer.
    public void end() {
        answering.close();
        reconciliation.end();
        desk.releasedAll(this);
    }
}
