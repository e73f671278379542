package app.holdfast.core.sync;

import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.store.OwnedStreams;
import app.holdfast.core.store.StreamComparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What one session knows of one stream that it follows: what a relay passed on and its owner's word has not reached
/// yet, or how far a comparison is. Confined to the session.
final class Followed {

    /// Comparisons with asserted cuts of one owner that may end unequal, one after the other. Then something in the
    /// stream cannot be taken, and asking again would go on for ever. The next cut is waited for, and has as many.
    static final int ROUNDS_MAX = 4;

    final boolean fromOwner;
    /// Locations whose entries were not wanted when it was followed.
    final Set<UUID> without;
    final List<OwnedStreams.Page> relayed = new ArrayList<>();
    final List<Leaf> offer = new ArrayList<>();
    final Set<Leaf> passed = new HashSet<>();
    Optional<StreamComparison> comparison = Optional.empty();
    Optional<Head> offerHead = Optional.empty();
    boolean comparing;
    /// All that the last cut has was taken in, as far as it can be: the next head is waited for.
    boolean isSettled;
    int rounds;
    /// Rows up to this cut were not asked for.
    private long from;
    private int relayedRows;

    /// @param mark the cut that is held when it is followed
    Followed(boolean fromOwner, Set<UUID> without, long mark) {
        this.fromOwner = fromOwner;
        this.without = without;
        this.from = mark;
    }

    /// Whether all rows are new ones since the cut from which it is followed, stand on the stream's own claim, and are
    /// no later than the page says. Some may be here already: who is followed again may have had them under way when it
    /// was asked anew, and then sends them twice.
    boolean isInOrder(SyncMessage.StreamPage page) {
        for (OwnedRows table : page.rows()) {
            if (table.rows().stream().anyMatch(row -> row.base().isPresent() || row.sequence() <= from
                    || row.sequence() > SyncSession.SEQUENCE_MAX)) {
                return false;
            }
        }
        return page.received() <= SyncSession.SEQUENCE_MAX && page.removals().stream().allMatch(
                removal -> removal.sequence() > from && removal.sequence() <= page.received());
    }

    /// Nobody may say that the stream ends before this cut.
    long earliest(OwnedStreams.Holding holding) {
        return fromOwner ? Math.max(holding.mark(), holding.received()) : holding.relayedFrom();
    }

    /// Keeps a page until its cut has come.
    ///
    /// @return false when that is more than a relay may send as news
    boolean keep(SyncMessage.StreamPage page) {
        relayed.add(new OwnedStreams.Page(page.rows(), page.removals()));
        relayedRows += page.rows().stream().mapToInt(table -> table.rows().size()).sum() + page.removals().size();
        return relayed.size() <= SyncMessage.RELAYED_PAGES_MAX && relayedRows <= SyncMessage.RELAYED_ROWS_MAX;
    }

    void forgetRelayed() {
        relayed.clear();
        relayedRows = 0;
    }

    /// Counts a comparison with an asserted cut that ended unequal.
    ///
    /// @return whether to compare again at once; otherwise the next cut is waited for, which has all rounds
    boolean mayCompareAgain() {
        rounds = (rounds + 1) % ROUNDS_MAX;
        return rounds > 0;
    }

    void startComparing() {
        comparing = true;
        isSettled = false;
        comparison = Optional.empty();
        offerHead = Optional.empty();
        offer.clear();
        forgetRelayed();
    }

    /// A comparison has led to a cut, from which it is followed now.
    void reached(long mark) {
        rounds = 0;
        passed.clear();
        from = mark;
    }

    void endComparing() {
        comparing = false;
        comparison = Optional.empty();
    }
}
