package app.holdfast.core.sync;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.StreamComparison;
import app.holdfast.core.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that this device gets from the peer, and what each side has told the other about how far it holds
/// them. The owner is preferred as a source; anyone who holds a cut at least as new as what is here will do, since
/// nobody can change what the owner signed. Confined to the session.
final class Following {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final SyncDesk desk;
    private final SyncSession session;
    private final DeviceId peer;
    private final PeerStreams said = new PeerStreams();
    private final Map<UUID, SyncMessage.StreamState> told = new HashMap<>();
    private final Map<Dot, Followed> followed = new HashMap<>();
    private long pending;
    private boolean hasTold;
    private boolean hasToldAll;
    private Met met;
    /// What the streams and their followers were when this session last looked.
    private long streamsSeen = -1;
    private long followersSeen = -1;

    Following(SyncDesk desk, SyncSession session, DeviceId peer) {
        this.desk = desk;
        this.session = session;
        this.peer = peer;
        this.met = new Met(peer, new Author(new UUID(0, 0)), VersionVector.EMPTY);
    }

    void meet(Met peerSaid) {
        met = peerSaid;
    }

    Optional<String> receive(Transaction tx, SyncMessage message, List<SyncMessage> say) {
        streamsSeen = -1;
        return switch (message) {
            case SyncMessage.Streams streams -> said.hear(streams);
            case SyncMessage.StreamPage page -> about(tx, page.claim(), say,
                    (holding, one) -> page(tx, holding, one, page, say));
            case SyncMessage.StreamCut cut -> about(tx, cut.claim(), say,
                    (holding, one) -> cut(tx, holding, one, cut, say));
            case SyncMessage.StreamLeaves leaves -> about(tx, leaves.claim(), say,
                    (holding, one) -> offer(tx, holding, one, leaves, say));
            case SyncMessage.LeafPage page -> about(tx, page.claim(), say,
                    (holding, one) -> leaves(tx, holding, one, page, say));
            default -> throw new IllegalArgumentException("not about following: " + message.getClass());
        };
    }

    /// What to do with something about a stream that is followed.
    private interface Step {
        Optional<String> take(Holding holding, Followed stream);
    }

    /// Rows of a claim that does not win are refused: the fence (S6).
    private Optional<String> about(Transaction tx, Dot claim, List<SyncMessage> say, Step step) {
        Optional<Holding> holding = tx.streams().standingOn(claim);
        if (holding.isPresent() && holding.get().own()) {
            return Optional.of("rows of a stream that this device owns");
        }
        Followed stream = followed.get(claim);
        if (holding.isEmpty() || stream == null) {
            drop(claim);
            say.add(new SyncMessage.Unfollow(claim));
            return Optional.empty();
        }
        return step.take(holding.get(), stream);
    }

    private Optional<String> page(Transaction tx, Holding holding, Followed stream, SyncMessage.StreamPage page,
            List<SyncMessage> say) {
        if (stream.comparing) {
            return Optional.empty(); // it was under way when this side began to compare
        }
        if (!stream.isInOrder(page)) {
            return Optional.of("rows that are out of order");
        }
        if (stream.fromOwner) {
            tx.streams().receive(holding, page.rows());
            tx.streams().remove(holding, page.removals());
            tx.streams().received(holding, page.received());
        } else if (!stream.keep(page)) {
            return Optional.of("more news of another device than anybody passes on");
        }
        say.add(new SyncMessage.PageAck(page.claim(), page.number()));
        return Optional.empty();
    }

    private Optional<String> cut(Transaction tx, Holding holding, Followed stream, SyncMessage.StreamCut cut,
            List<SyncMessage> say) {
        if (stream.comparing) {
            return Optional.empty();
        }
        Optional<String> wrong = wrong(tx, holding, stream, cut.head());
        Head head = cut.head();
        // the owner had not seen all yet; without this two who have that of each other would go on swapping it
        boolean isEarlier = head.mark() == holding.mark() && holding.asserted() && !head.asserted();
        if (wrong.isPresent() || isEarlier) {
            stream.forgetRelayed();
            return wrong;
        }
        if (stream.fromOwner) {
            if (!tx.streams().reach(holding, cut.head(), cut.elsewhere())) {
                LOG.warn("a stream is not as its owner says and is compared stream={} mark={}",
                        holding.claim().subject(), cut.head().mark());
                tx.streams().forgetMark(holding.claim().subject());
                compare(tx, holding.claim().id(), SyncMessage.Signature.NONE, say);
            }
            return Optional.empty();
        }
        boolean taken = tx.streams().takeRelayed(holding, stream.relayed, cut.head(), cut.elsewhere());
        stream.forgetRelayed();
        return taken ? Optional.empty() : Optional.of("rows that their owner did not sign");
    }

    private static Optional<String> wrong(Transaction tx, Holding holding, Followed stream, Head head) {
        if (head.mark() < stream.earliest(holding)) {
            return Optional.of("a stream went back from " + holding.received() + " to " + head.mark());
        }
        return head.mark() <= SyncSession.SEQUENCE_MAX && tx.streams().isOwners(holding, head) ? Optional.empty()
                : Optional.of("a head that its owner did not sign");
    }

    private void compare(Transaction tx, Dot claim, SyncMessage.Signature settled, List<SyncMessage> say) {
        Followed stream = followed.get(claim);
        Optional<Holding> holding = tx.streams().standingOn(claim);
        if (stream != null && holding.isPresent()) {
            stream.startComparing();
            stream.isSettled = settled.bytes().length > 0;
            say.add(new SyncMessage.Follow(claim, -1, holding.get().received(), settled, without(stream)));
        }
    }

    private static List<UUID> without(Followed stream) {
        return stream.without.stream().sorted().toList();
    }

    private Optional<String> offer(Transaction tx, Holding holding, Followed stream, SyncMessage.StreamLeaves message,
            List<SyncMessage> say) {
        if (!stream.comparing) {
            stream.startComparing(); // the source cannot say what is new since the cut that is here
        } else if (stream.comparison.isPresent()) {
            return Optional.of("a list of leaves that nobody asked for");
        }
        if (!stream.offerHead.map(head -> head.equals(message.head())).orElse(true)
                || stream.offer.size() + message.leaves().size() > StreamComparison.LEAVES_MAX) {
            return Optional.of("a list of leaves that does not end");
        }
        stream.offerHead = Optional.of(message.head());
        stream.offer.addAll(message.leaves());
        if (!message.last()) {
            return Optional.empty();
        }
        Optional<String> wrong = wrong(tx, holding, stream, message.head());
        if (wrong.isPresent()) {
            return wrong;
        }
        var offer = new StreamComparison.Offer(message.head(), message.elsewhere(), List.copyOf(stream.offer));
        stream.offer.clear();
        stream.offerHead = Optional.empty();
        if (!offer.isWithout(stream.without)) {
            return Optional.empty(); // made for what this device kept a moment ago; another list is under way
        }
        stream.comparison = StreamComparison.start(tx, holding, offer, stream.passed, stream.rounds > 0);
        if (stream.comparison.isEmpty()) {
            return Optional.of("leaves that their owner did not sign");
        }
        goOn(tx, holding, stream, say);
        return Optional.empty();
    }

    private Optional<String> leaves(Transaction tx, Holding holding, Followed stream, SyncMessage.LeafPage page,
            List<SyncMessage> say) {
        if (stream.comparison.isEmpty()) { // asked for by a comparison that was given up
            return stream.comparing ? Optional.empty() : Optional.of("leaves that nobody asked for");
        }
        Optional<String> wrong = stream.comparison.get().take(tx, holding, page.rows(), page.complete(), page.gone());
        if (wrong.isEmpty()) {
            goOn(tx, holding, stream, say);
        }
        return wrong;
    }

    private void goOn(Transaction tx, Holding holding, Followed stream, List<SyncMessage> say) {
        StreamComparison comparison = stream.comparison.orElseThrow();
        Dot claim = holding.claim().id();
        for (List<Leaf> next = comparison.request(); !next.isEmpty(); next = comparison.request()) {
            say.add(new SyncMessage.LeafFetch(claim, next));
        }
        if (!comparison.isOffered()) {
            return;
        }
        boolean reached = comparison.finish(tx, holding);
        Head head = comparison.head();
        stream.endComparing();
        if (reached) {
            stream.reached(head.mark());
            say.add(new SyncMessage.Follow(claim, head.mark(), head.mark(), without(stream)));
        } else if (comparison.isOutrun()) {
            compare(tx, claim, SyncMessage.Signature.NONE, say);
        } else if (!head.asserted()) { // rows are here that the owner may not have seen yet
            stream.passed.clear();
            stream.passed.addAll(comparison.offered());
            compare(tx, claim, new SyncMessage.Signature(head.signature()), say);
        } else if (stream.mayCompareAgain()) {
            compare(tx, claim, SyncMessage.Signature.NONE, say);
        } else {
            LOG.warn("a stream holds what cannot be taken and is not followed from here stream={} owner={} peer={}",
                    holding.claim().subject(), holding.claim().owner(), peer);
            desk.note(peer, SyncEvent.Kind.STREAM_GIVEN_UP, Map.of("stream", holding.claim().subject().toString()));
            compare(tx, claim, new SyncMessage.Signature(head.signature()), say);
        }
    }

    private void drop(Dot claim) {
        followed.remove(claim);
        desk.released(claim, session);
    }

    void news(Transaction tx, List<SyncMessage> say) {
        if (streamsSeen == tx.streams().version() && followersSeen == desk.followersVersion()) {
            return;
        }
        pending = 0;
        tx.streams().all().forEach(stream -> desk.takeBack(tx, stream));
        List<SyncMessage.StreamState> changed = new ArrayList<>();
        for (Holding holding : tx.streams().all()) {
            tell(tx, holding, changed);
            Optional<SyncMessage.StreamState> state = said.of(holding);
            if (state.isPresent() && tx.streams().isFollowed(holding)) {
                pending += pending(tx, holding, state.get());
                forgetOtherScope(tx, holding, say);
                compareWhatWasLost(tx, holding, say);
                if (wanted(tx, holding, state.get())) {
                    follow(tx, holding, say);
                }
            }
        }
        if (!changed.isEmpty() || !hasTold) { // once even if there are none, so that the peer knows that it has all
            say.addFirst(new SyncMessage.Streams(changed, hasToldAll));
            hasTold = true;
        }
        streamsSeen = tx.streams().version();
        followersSeen = desk.followersVersion();
    }

    /// Tells the peer once that whoever has the same as this device has all. To be called after what else is told in
    /// the turn.
    ///
    /// @param peerCoversAll whether nothing of shared records is left to be told
    void tellAll(Transaction tx, boolean peerCoversAll, List<SyncMessage> say) {
        if (peerCoversAll && !hasToldAll && !tx.backfill().isUnderWay()) {
            say.add(new SyncMessage.Streams(List.of(), true));
            hasToldAll = true;
        }
    }

    /// When this device keeps other locations than it did, it follows anew; perhaps somebody else.
    private void forgetOtherScope(Transaction tx, Holding holding, List<SyncMessage> say) {
        Dot claim = holding.claim().id();
        Followed stream = followed.get(claim);
        if (stream != null && !stream.without.equals(tx.streams().without())) {
            drop(claim);
            say.add(new SyncMessage.Unfollow(claim));
        }
    }

    /// A stream that is followed and found to be damaged is got again from whom it is followed.
    private void compareWhatWasLost(Transaction tx, Holding holding, List<SyncMessage> say) {
        Followed stream = followed.get(holding.claim().id());
        if (stream != null && !stream.comparing && holding.mark() < 0) {
            compare(tx, holding.claim().id(), SyncMessage.Signature.NONE, say);
        }
    }

    /// Rows that the peer has and this device lacks, about. Rows of its cut may be lacking though some of it have been
    /// taken in: at least one is, as long as a cut of the peer's is not held that may be got from it.
    private long pending(Transaction tx, Holding holding, SyncMessage.StreamState state) {
        Dot claim = holding.claim().id();
        Followed stream = followed.get(claim);
        if (stream != null && stream.comparison.isPresent()) {
            return stream.comparison.get().pending();
        }
        if (!tx.streams().without().containsAll(state.without())) {
            return 0; // not to be had from it
        }
        boolean isLacking = state.mark() > holding.mark() && state.mark() >= holding.relayedFrom()
                && desk.follower(claim).filter(follower -> follower.following().isSettled(claim)).isEmpty();
        return Math.max(isLacking ? 1 : 0, state.mark() - Math.max(0, holding.received()));
    }

    /// Whether a stream was compared as far as it can be, and waits for its owner's next word.
    boolean isSettled(Dot claim) {
        Followed stream = followed.get(claim);
        return stream != null && stream.isSettled;
    }

    /// An owner need not hear how far others are; they ask it themselves.
    private void tell(Transaction tx, Holding holding, List<SyncMessage.StreamState> changed) {
        Claim claim = holding.claim();
        if (met.isClaimant(claim) || !holding.servable()) {
            return;
        }
        SyncMessage.StreamState state = new SyncMessage.StreamState(claim, holding.mark(), holding.asserted(),
                tx.streams().without(claim.subject()).stream().sorted().toList());
        if (!state.equals(told.put(claim.subject(), state))) {
            changed.add(state);
        }
    }

    private boolean wanted(Transaction tx, Holding holding, SyncMessage.StreamState state) {
        if (followed.containsKey(holding.claim().id())) {
            return false;
        }
        boolean fromOwner = met.writes(holding.claim());
        Optional<SyncSession> other = desk.follower(holding.claim().id());
        long has = other.map(session -> session.following().has(holding)).orElse(-1L);
        if (other.isPresent() && (fromOwner || has > holding.mark() && has >= holding.received())) {
            return fromOwner && !other.get().peer().equals(peer);
        }
        return fromOwner || (other.isEmpty() || state.mark() > Math.max(has, holding.mark()))
                && state.mark() >= holding.relayedFrom()
                && tx.streams().without().containsAll(state.without());
    }

    /// The cut that the peer says it has; the owner has all. One that has no more than is here,
    /// or not all that has been taken in, gives its place to another that has more.
    long has(Holding holding) {
        return met.writes(holding.claim()) ? Long.MAX_VALUE
                : said.of(holding).map(SyncMessage.StreamState::mark).orElse(-1L);
    }

    /// What the peer has said of streams.
    PeerStreams said() {
        return said;
    }

    private void follow(Transaction tx, Holding holding, List<SyncMessage> say) {
        Dot claim = holding.claim().id();
        boolean fromOwner = met.writes(holding.claim());
        desk.follower(claim).ifPresent(other -> other.unfollow(claim));
        desk.follows(claim, session);
        Followed stream = new Followed(fromOwner, tx.streams().without(), holding.mark());
        followed.put(claim, stream);
        if (holding.mark() < 0) {
            compare(tx, claim, SyncMessage.Signature.NONE, say);
        } else {
            say.add(new SyncMessage.Follow(claim, holding.mark(), fromOwner ? holding.received() : holding.mark(),
                    without(stream)));
        }
    }

    /// Another session follows it now; pages that still come are answered by [SyncMessage.Unfollow].
    void unfollow(Dot claim) {
        streamsSeen = -1;
        followed.remove(claim);
    }

    long pending() {
        return pending;
    }
}
