package app.holdfast.core.sync;

import app.holdfast.core.api.Checkup.Standing;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.Staging.Phase;
import app.holdfast.core.store.Transaction;
import java.util.List;
import java.util.Map;

/// Whether both sides hold the same where both cover the same: asked because a person wants to know or has repaired the
/// library, and by itself every hour (the background self-check of R5, ADR 234). Confined to the session.
final class Checking {

    private final SyncDesk desk;
    private final SyncSession session;
    private final Reconciliation reconciliation;
    /// The last check of all that this conversation has made; a new one makes it if there ever was one.
    private long checksSeen;
    /// The last poll in which the peer was asked, or one that began before this conversation.
    private long pollsSeen;
    /// The peer has asked while this device folds: it is answered afterwards.
    private boolean isOwed;
    /// When the next check is due that nobody asked for; 0 before it is known.
    private long dueMillis;

    Checking(SyncDesk desk, SyncSession session, Reconciliation reconciliation) {
        this.desk = desk;
        this.session = session;
        this.reconciliation = reconciliation;
        this.pollsSeen = desk.polls();
    }

    /// Both cover the same, so both hold the same, unless one of them was damaged. Half a fold is no state to compare.
    void receive(Transaction tx, SyncMessage.Check check, List<SyncMessage> say) {
        boolean folds = isFolding(tx);
        boolean covers = !folds && session.covered(tx).equals(check.covered());
        boolean equal = covers && tx.shared().fingerprint().equals(check.sum());
        boolean heals = covers && !equal && isQuiet(tx);
        if (heals) {
            desk.note(session.peer(), SyncEvent.Kind.DIFFERED, Map.of());
            reconciliation.heal();
        }
        if (!check.asks()) {
            boolean all = equal && isQuiet(tx) && session.hasAll();
            desk.answered(session.peer(), covers && !equal ? Standing.DIFFERS : all ? Standing.EQUAL : Standing.BEHIND);
        }
        isOwed |= folds && check.asks();
        if (heals || check.asks() && !folds) {
            say.add(check(tx, false));
        }
    }

    private static boolean isFolding(Transaction tx) {
        return tx.staging().phase() == Phase.FOLD;
    }

    private boolean isQuiet(Transaction tx) {
        return !isFolding(tx) && !desk.isComparing(tx) && !reconciliation.isUnderWay();
    }

    SyncMessage.Check check(Transaction tx, boolean asks) {
        return new SyncMessage.Check(session.covered(tx), tx.shared().fingerprint(), asks);
    }

    void news(Transaction tx, VersionVector mine, VersionVector peerCovers, List<SyncMessage> say) {
        boolean folds = isFolding(tx);
        if (!folds && (isOwed || checksSeen != desk.checks() || isDue(tx, mine, peerCovers))) {
            isOwed = false;
            checksSeen = desk.checks();
            say.add(check(tx, false));
        }
        if (pollsSeen != desk.polls()) {
            pollsSeen = desk.polls();
            if (folds) {
                desk.answered(session.peer(), Standing.BEHIND);
            } else {
                say.add(check(tx, true));
            }
        }
        desk.selfChecks().readStreams(tx).map(Holding::claim).ifPresent(claim -> desk.note(claim.owner(),
                SyncEvent.Kind.DIFFERED, Map.of("stream", claim.subject().toString())));
    }

    /// Whether it is time to compare though nothing seems to be missing. The names are read anew before, some a time,
    /// as sums that were kept do not know what was damaged since.
    private boolean isDue(Transaction tx, VersionVector mine, VersionVector peerCovers) {
        if (!desk.selfChecks().areMade()) {
            return false;
        }
        long nowMillis = tx.state().time().nowMillis();
        if (dueMillis == 0 || dueMillis - nowMillis > SelfChecks.EVERY_MILLIS_MAX) { // or the clock was set back
            dueMillis = desk.selfChecks().firstMillis(nowMillis);
        }
        boolean isDue = nowMillis >= dueMillis && mine.equals(peerCovers) && isQuiet(tx)
                && desk.selfChecks().haveSummed(tx);
        if (isDue) {
            dueMillis = desk.selfChecks().nextMillis(nowMillis);
        }
        return isDue;
    }
}
