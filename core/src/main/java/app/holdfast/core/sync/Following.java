package app.holdfast.core.sync;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.SeenRows;
import app.holdfast.core.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The streams that this device gets from the peer, and what each side has told the other about how far it holds
/// them. The owner is preferred as a source; anyone who holds a cut at least as new as what is here will do. Confined
/// to the session.
final class Following {

    /// More streams than any library has; a peer that tells of more is refused.
    private static final int STREAMS_MAX = 100_000;

    private final SyncDesk desk;
    private final SyncSession session;
    private final DeviceId peer;
    private final Map<UUID, SyncMessage.StreamState> theirs = new LinkedHashMap<>();
    private final Map<UUID, SyncMessage.StreamState> told = new HashMap<>();
    private final Map<Dot, Optional<SeenRows>> followed = new HashMap<>();
    private long pending;

    Following(SyncDesk desk, SyncSession session, DeviceId peer) {
        this.desk = desk;
        this.session = session;
        this.peer = peer;
    }

    Optional<String> receive(Transaction tx, SyncMessage message, List<SyncMessage> say) {
        return switch (message) {
            case SyncMessage.Streams(List<SyncMessage.StreamState> states) -> {
                states.forEach(state -> theirs.put(state.claim().subject(), state));
                yield theirs.size() > STREAMS_MAX ? Optional.of("too many streams") : Optional.empty();
            }
            case SyncMessage.StreamPage page -> page(tx, page, say);
            case SyncMessage.StreamCut cut -> cut(tx, cut, say);
            default -> throw new IllegalArgumentException("not about following: " + message.getClass());
        };
    }

    private Optional<String> page(Transaction tx, SyncMessage.StreamPage page, List<SyncMessage> say) {
        Optional<Holding> holding = tx.streams().standingOn(page.claim());
        if (holding.isPresent() && holding.get().own()) {
            return Optional.of("rows of a stream that this device owns");
        }
        if (holding.isEmpty() || !followed.containsKey(page.claim())) {
            drop(page.claim());
            say.add(new SyncMessage.Unfollow(page.claim()));
            return Optional.empty();
        }
        tx.streams().receive(holding.get(), page.rows(), followed.get(page.claim()));
        if (!page.removals().isEmpty()) {
            tx.streams().remove(holding.get(), page.removals());
        }
        tx.streams().received(holding.get(), page.received());
        say.add(new SyncMessage.PageAck(page.claim(), page.number()));
        return Optional.empty();
    }

    private Optional<String> cut(Transaction tx, SyncMessage.StreamCut cut, List<SyncMessage> say) {
        Optional<Holding> holding = tx.streams().standingOn(cut.claim());
        if (holding.isEmpty() || !followed.containsKey(cut.claim())) {
            return Optional.empty();
        }
        if (holding.get().own()) {
            return Optional.of("a cut of a stream that this device owns");
        }
        if (cut.mark() < 0) {
            followWhole(tx, cut.claim(), say);
            return Optional.empty();
        }
        if (cut.mark() < holding.get().mark()) {
            return Optional.of("a stream went back from " + holding.get().mark() + " to " + cut.mark());
        }
        Optional<SeenRows> seen = followed.getOrDefault(cut.claim(), Optional.empty());
        tx.streams().cut(holding.get(), cut.mark(), cut.asserted(), cut.whole() ? seen : Optional.empty());
        followed.put(cut.claim(), Optional.empty());
        boolean extras = tx.streams().standingOn(cut.claim()).filter(Holding::extras).isPresent();
        if (extras && cut.asserted()) {
            followWhole(tx, cut.claim(), say);
        }
        return Optional.empty();
    }

    private void followWhole(Transaction tx, Dot claim, List<SyncMessage> say) {
        followed.put(claim, Optional.of(tx.streams().startWhole()));
        say.add(new SyncMessage.Follow(claim, -1, 0));
    }

    private void drop(Dot claim) {
        followed.remove(claim);
        desk.released(claim, session);
    }

    void news(Transaction tx, List<SyncMessage> say) {
        pending = 0;
        List<SyncMessage.StreamState> changed = new ArrayList<>();
        for (Holding holding : tx.streams().all()) {
            tell(holding, changed);
            SyncMessage.StreamState state = theirs.get(holding.claim().subject());
            if (state != null && state.claim().id().equals(holding.claim().id()) && !holding.own()) {
                pending += Math.max(0, state.mark() - Math.max(0, holding.received()));
                if (wanted(holding, state)) {
                    follow(tx, holding, say);
                }
            }
        }
        if (!changed.isEmpty()) {
            say.addFirst(new SyncMessage.Streams(changed));
        }
    }

    /// An owner need not hear how far others are; they ask it themselves.
    private void tell(Holding holding, List<SyncMessage.StreamState> changed) {
        Claim claim = holding.claim();
        if (claim.owner().equals(peer) || !holding.servable()) {
            return;
        }
        SyncMessage.StreamState state = new SyncMessage.StreamState(claim, holding.mark(), holding.asserted());
        if (!state.equals(told.put(claim.subject(), state))) {
            changed.add(state);
        }
    }

    private boolean wanted(Holding holding, SyncMessage.StreamState state) {
        Dot claim = holding.claim().id();
        if (followed.containsKey(claim)) {
            return false;
        }
        boolean fromOwner = holding.claim().owner().equals(peer);
        Optional<SyncSession> other = desk.follower(claim);
        if (other.isPresent()) {
            return fromOwner && !other.get().peer().equals(peer);
        }
        return fromOwner || state.mark() >= Math.max(holding.mark(), holding.received());
    }

    private void follow(Transaction tx, Holding holding, List<SyncMessage> say) {
        Dot claim = holding.claim().id();
        desk.follower(claim).ifPresent(other -> other.unfollow(claim));
        desk.follows(claim, session);
        boolean whole = holding.extras() || holding.mark() < 0 && holding.received() == 0;
        if (whole) {
            followWhole(tx, claim, say);
        } else {
            followed.put(claim, Optional.empty());
            say.add(new SyncMessage.Follow(claim, holding.mark(), Math.max(0, holding.received())));
        }
    }

    /// Another session follows it now; pages that still come are answered by [SyncMessage.Unfollow].
    void unfollow(Dot claim) {
        followed.remove(claim);
    }

    long pending() {
        return pending;
    }
}
