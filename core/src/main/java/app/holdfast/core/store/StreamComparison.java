package app.holdfast.core.store;

import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Part;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Making what is held of a stream equal to one cut of it (S5): the owner's list of leaves, then those that differ, and
/// at the end, if the owner has asserted, away with what it does not have (S4).
///
/// What it has got so far is in the tables; it can be dropped at any moment and another goes on from there, with the
/// same source or another. Confined to the writer.
public final class StreamComparison {

    /// Leaves of one stream, at most: more than five hundred million rows.
    public static final int LEAVES_MAX = 1 << 20;
    /// Leaves asked for at once: about four pages.
    private static final int LEAVES_PER_REQUEST = 28;
    /// No more are asked for while so many are under way.
    private static final int LEAVES_AHEAD = 2 * LEAVES_PER_REQUEST;

    private final Head head;
    private final List<Part> elsewhere;
    private final Map<Leaf.Name, Leaf> target = new HashMap<>();
    private final Deque<Leaf> wanted = new ArrayDeque<>();
    private final Deque<Leaf> asked = new ArrayDeque<>();
    private final boolean forced;
    private final SeenRows seen = new SeenRows();
    private List<OwnedRows> partly = new ArrayList<>();
    private boolean outrun;
    private boolean fresh;

    private StreamComparison(Head head, List<Part> elsewhere, boolean forced) {
        this.head = head;
        this.elsewhere = elsewhere;
        this.forced = forced;
    }

    /// @param leaves all of the owner's but those of `elsewhere`
    /// @param passed leaves that were taken in before, as far as they may be
    /// @param forced whether to spare nothing that is here: an earlier comparison with an asserted cut did not end
    ///        equal
    /// @return empty when that is not what the head says
    public static Optional<StreamComparison> start(Transaction tx, Holding stream, Offer offer, Set<Leaf> passed,
            boolean forced) {
        List<Leaf> leaves = new ArrayList<>(offer.leaves);
        leaves.sort(Leaf.ORDER);
        var comparison = new StreamComparison(offer.head, offer.elsewhere, forced && offer.head.asserted());
        leaves.forEach(leaf -> comparison.target.put(leaf.name(), leaf));
        if (comparison.target.size() < leaves.size()
                || !StreamHashes.root(leaves, offer.elsewhere).equals(offer.head.root())) {
            return Optional.empty();
        }
        var held = new HashSet<>(new Leaves(tx).of(stream.claim().subject()));
        comparison.fresh = held.stream().allMatch(leaf -> leaf.location().equals(Leaf.NO_LOCATION));
        for (Leaf leaf : leaves) {
            if (!held.contains(leaf) && (offer.head.asserted() || !passed.contains(leaf))) {
                comparison.wanted.add(leaf);
            }
        }
        return Optional.of(comparison);
    }

    /// What a source offers to compare with.
    public record Offer(Head head, List<Part> elsewhere, List<Leaf> leaves) {

        /// Whether it names the leaves of all locations but these.
        public boolean isWithout(Set<UUID> locations) {
            return elsewhere.stream().allMatch(part -> locations.contains(part.location()))
                    && leaves.stream().noneMatch(leaf -> locations.contains(leaf.location()));
        }
    }

    /// Leaves to ask for now; none while enough are under way.
    public List<Leaf> request() {
        List<Leaf> next = new ArrayList<>();
        if (asked.size() < LEAVES_AHEAD) {
            while (!wanted.isEmpty() && next.size() < LEAVES_PER_REQUEST) {
                next.add(wanted.remove());
            }
            asked.addAll(next);
        }
        return next;
    }

    /// Whether all that differed has been offered.
    public boolean isOffered() {
        return wanted.isEmpty() && asked.isEmpty();
    }

    /// Whether the source had gone on from the cut that it offered, so that some leaves could not be had.
    public boolean isOutrun() {
        return outrun;
    }

    /// Rows that are not here yet, about.
    public long pending() {
        return (long) (wanted.size() + asked.size()) * Leaf.ROWS_MAX;
    }

    public Head head() {
        return head;
    }

    /// The leaves that were taken in, as far as they may be.
    public Set<Leaf> offered() {
        return Set.copyOf(target.values());
    }

    /// Takes in rows of the leaves that were asked for, in that order.
    ///
    /// @param complete so many leaves end with this page; none: it holds a part of the next one
    /// @param gone     which of these, by position, the source does not have any more as they were asked for
    /// @return why this is not what was asked for
    public Optional<String> take(Transaction tx, Holding stream, List<OwnedRows> rows, int complete,
            List<Integer> gone) {
        if (complete > asked.size() || complete == 0 && (rows.isEmpty() || asked.isEmpty())) {
            return Optional.of("leaves that nobody asked for");
        }
        LeafRows arrived = new LeafRows(stream.claim().id());
        partly.addAll(rows);
        partly.forEach(arrived::add);
        if (complete == 0) {
            Leaf.Name next = asked.getFirst().name();
            boolean its = arrived.names().equals(Set.of(next)) && arrived.rows(next) <= Leaf.ROWS_MAX;
            return its ? Optional.empty() : Optional.of("rows of another leaf than was asked for");
        }
        List<Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < complete; i++) {
            Leaf leaf = asked.remove();
            if (gone.contains(i)) {
                outrun = true;
            } else if (!arrived.hash(leaf.name()).equals(leaf.hash())) {
                return Optional.of("rows that the owner did not sign");
            } else {
                arrived.forget(leaf.name());
                leaves.add(leaf);
            }
            if (!tx.claims().mayStandOn(stream.claim().subject(), leaf.claim())) {
                return Optional.of("rows that stand on a claim of something else");
            }
        }
        if (!arrived.names().isEmpty()) {
            return Optional.of("rows of leaves that nobody asked for");
        }
        put(tx, stream, leaves);
        return Optional.empty();
    }

    private void put(Transaction tx, Holding stream, List<Leaf> leaves) {
        Taking taking = new Taking(fresh, true, head.asserted(), forced, Optional.of(seen), tx.streams().without());
        boolean all = tx.streams().take(stream, partly, taking);
        partly = new ArrayList<>();
        if (all) {
            new Leaves(tx).known(stream.claim().subject(), leaves);
        }
        tx.streams().received(stream, head.mark());
    }

    /// Ends the comparison.
    ///
    /// @return whether the stream is held at the cut now. Otherwise rows are here that the owner has not disowned yet,
    ///         or something offered could not be taken
    public boolean finish(Transaction tx, Holding stream) {
        if (head.asserted() && !outrun) {
            new RowRemover(tx).removeUnseen(stream.claim().subject(), target, seen);
        }
        boolean reached = !outrun && tx.streams().reach(stream, head, elsewhere);
        if (reached) {
            tx.streams().raiseFloor(stream, head.mark());
        }
        return reached;
    }
}
