package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Getting content again that was damaged here: by name, from a peer that covers it (ADR 231). Not while a
/// reconciliation fetches something from the same peer: both are answered by `Contents`. Confined to the session.
final class Refilling {

    private static final int FETCH_DOTS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Refilling.class);

    private final DeviceId peer;
    private final Set<Dot> asked = new HashSet<>();
    private final Set<Dot> notThere = new HashSet<>();

    Refilling(DeviceId peer) {
        this.peer = peer;
    }

    /// Whether the peer was asked and has not answered.
    boolean isUnderWay() {
        return !asked.isEmpty();
    }

    /// Asks for what is lost here and may be there.
    void news(Transaction tx, VersionVector peerCovers, List<SyncMessage> say) {
        if (!asked.isEmpty() || !tx.lost().any()) {
            return;
        }
        asked.addAll(tx.lost().names(FETCH_DOTS, dot -> peerCovers.covers(dot) && !notThere.contains(dot)
                && !tx.forks().isContested(dot.author())));
        if (!asked.isEmpty()) {
            say.add(new SyncMessage.Fetch(List.copyOf(asked)));
        }
    }

    /// @return what is wrong with the answer
    Optional<String> take(Transaction tx, SyncMessage.Contents arrived) {
        for (SyncMessage.Content content : arrived.contents()) {
            if (!asked.contains(content.dot())) {
                return Optional.of("contents of a dot that was not asked for");
            }
            if (!tx.lost().restore(content.dot(), content.model(), content.record(), content.snapshot())) {
                LOG.warn("what a peer has under a name that is lost here is damaged, too peer={} dot={}", peer,
                        content.dot());
                notThere.add(content.dot());
            }
        }
        if (arrived.contents().isEmpty() && arrived.gone().isEmpty()) {
            return Optional.of("an answer without contents");
        }
        if (!asked.containsAll(arrived.gone())) {
            return Optional.of("no contents of a dot that was not asked for");
        }
        notThere.addAll(arrived.gone()); // removed there, which will be heard of, or lost there as well
        asked.clear();
        return Optional.empty();
    }
}
