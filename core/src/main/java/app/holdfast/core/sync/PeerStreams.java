package app.holdfast.core.sync;

import app.holdfast.core.change.Claim;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How far the peer of one session says it holds streams. Confined to the session.
final class PeerStreams {

    /// More streams than any library has; a peer that tells of more is refused.
    private static final int STREAMS_MAX = 100_000;

    private final Map<UUID, SyncMessage.StreamState> states = new LinkedHashMap<>();
    private boolean hasHeard;
    private boolean hasAll;

    /// @return why the conversation has to end
    Optional<String> hear(SyncMessage.Streams said) {
        hasHeard = true;
        hasAll |= said.all();
        said.streams().forEach(state -> states.put(state.claim().subject(), state));
        return states.size() > STREAMS_MAX ? Optional.of("too many streams") : Optional.empty();
    }

    /// Whether the peer has said how far it holds what it holds.
    boolean hasHeard() {
        return hasHeard;
    }

    /// Whether the peer has said that it has all, and that this device covers the same.
    boolean hasAll() {
        return hasAll;
    }

    /// What it says of a stream, if it stands on the same claim there.
    Optional<SyncMessage.StreamState> of(Holding holding) {
        return Optional.ofNullable(states.get(holding.claim().subject()))
                .filter(state -> state.claim().id().equals(holding.claim().id()));
    }

    /// Whether the peer says, or may say yet, that it has a later cut that can be got from it, or a later claim.
    ///
    /// @param without locations that are done without here
    boolean mayHaveMore(Holding holding, Set<UUID> without) {
        SyncMessage.StreamState state = states.get(holding.claim().subject());
        if (state == null) {
            return !hasHeard;
        }
        Claim here = holding.claim();
        Claim there = state.claim();
        if (!there.id().equals(here.id())) {
            return there.epoch() > here.epoch()
                    || there.epoch() == here.epoch() && there.stamp().compareTo(here.stamp()) > 0;
        }
        return state.mark() > holding.mark() && without.containsAll(state.without());
    }
}
