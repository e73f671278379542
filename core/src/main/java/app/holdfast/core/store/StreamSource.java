package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Part;
import app.holdfast.core.change.Removal;
import app.holdfast.core.store.OwnedStreams.Cut;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Sends one stream to one follower: what is new since the cut that the follower holds, a page at a time, and then
/// whatever becomes new, for as long as it follows; or, when it holds no such cut, the list of leaves to compare with
/// (S5).
///
/// Rows go in the order of the owner's sequence, so a transfer that broke off goes on where it was; a row that changes
/// meanwhile moves to the end of that order and is sent there. Removals go after them, and only then the cut: at that
/// moment everything of the stream has been sent. Confined to the writer.
public final class StreamSource {

    /// Rows and removals that a device passes on as news of another; when it is behind by more it compares. The
    /// follower keeps them until it knows that they are the owner's.
    public static final int RELAYED_MAX = 8_000;

    /// What to say next.
    public sealed interface Next {

        /// @param received all rows of the stream's own claim up to here have been sent with this page
        record Page(List<OwnedRows> rows, List<Removal> removals, long received) implements Next {}

        /// @param elsewhere what the rows hash to in the locations that the follower does without
        record AtCut(Head head, List<Part> elsewhere) implements Next {}

        /// The follower cannot be served from where it is: it is to compare.
        record ToCompare(StreamComparison.Offer offer) implements Next {}
    }

    private final Dot claim;
    private final Set<UUID> without;
    private final byte[] settled;
    private boolean comparing;
    private boolean offered;
    private long sent;
    private long removalsSent;
    private long markSent = -1;
    private boolean assertedSent;

    /// @param mark     the cut that the follower holds, -1 for none
    /// @param received what has arrived there of a transfer that broke off
    /// @param settled  signature of a head that the follower has compared with already, as far as it can; or empty
    /// @param without  locations whose entries the follower does not want
    public StreamSource(Dot claim, long mark, long received, byte[] settled, Set<UUID> without) {
        this.claim = claim;
        this.comparing = mark < 0;
        this.sent = Math.max(0, Math.max(mark, received));
        this.removalsSent = Math.max(0, mark); // they go last, so a transfer that broke off has brought none
        this.settled = settled;
        this.without = without;
    }

    /// @return what to say next, nothing when there is nothing to say now
    public List<Next> next(Transaction tx) {
        Optional<Holding> holding = tx.streams().standingOn(claim);
        if (offered || holding.isEmpty() || !holding.get().servable()) {
            return List.of();
        }
        Holding stream = holding.get();
        boolean isBehind = stream.mark() < removalsSent; // it lost its cut and took an earlier one (ADR 244)
        if (isBehind || markSent == stream.mark() && assertedSent == stream.asserted()) {
            return List.of();
        }
        boolean far = !stream.own() && markSent < 0 && stream.mark() - sent > RELAYED_MAX;
        if (comparing || far || floor(tx, stream) > removalsSent) {
            return compare(tx, stream);
        }
        RowReader.Batch rows = new RowReader(tx, stream.claim().subject(), key(tx, stream)).own(sent, without);
        sent = Math.max(sent, rows.last());
        if (rows.full()) {
            return List.of(new Next.Page(rows.pages(), List.of(), sent));
        }
        return end(tx, stream, rows.pages());
    }

    /// Whether the follower wants no more than is here.
    private boolean serves(Cut cut) {
        return cut.elsewhere().stream().allMatch(part -> without.contains(part.location()));
    }

    private List<Next> compare(Transaction tx, Holding stream) {
        Optional<Cut> cut = tx.streams().cut(stream).filter(this::serves);
        if (cut.isEmpty()) {
            return List.of();
        }
        remember(stream);
        if (Arrays.equals(cut.get().head().signature(), settled)) {
            return List.of();
        }
        offered = true;
        List<Leaf> wanted = cut.get().leaves().stream().filter(leaf -> !without.contains(leaf.location())).toList();
        return List.of(new Next.ToCompare(
                new StreamComparison.Offer(cut.get().head(), elsewhere(cut.get()), wanted)));
    }

    private List<Part> elsewhere(Cut cut) {
        List<Part> parts = new ArrayList<>(cut.elsewhere());
        if (!without.isEmpty()) {
            StreamHashes.parts(cut.leaves()).stream().filter(part -> without.contains(part.location()))
                    .forEach(parts::add);
        }
        return parts;
    }

    private List<Next> end(Transaction tx, Holding stream, List<OwnedRows> rows) {
        List<Removal> removals = removals(tx, stream);
        if (removals.size() == OwnedRows.ROWS_MAX) {
            sent = stream.mark(); // all rows up to there have been sent
            removalsSent = removals.getLast().sequence();
            return List.of(new Next.Page(rows, removals, sent));
        }
        Optional<Cut> cut = tx.streams().cut(stream).filter(this::serves);
        if (cut.isEmpty()) {
            return List.of();
        }
        List<Next> next = new ArrayList<>();
        if (!rows.isEmpty() || !removals.isEmpty()) {
            next.add(new Next.Page(rows, removals, stream.mark()));
        }
        sent = stream.mark();
        removalsSent = stream.mark();
        remember(stream);
        next.add(new Next.AtCut(cut.get().head(), elsewhere(cut.get())));
        return next;
    }

    private void remember(Holding stream) {
        markSent = stream.mark();
        assertedSent = stream.asserted();
    }

    private List<Removal> removals(Transaction tx, Holding stream) {
        return tx.state().prepared().all("select model, id, sequence from removal where claim = ? and sequence > ?"
                + " order by sequence limit " + OwnedRows.ROWS_MAX,
                row -> new Removal(row.getString(1), Ids.uuid(row.getBytes(2)), row.getLong(3)),
                key(tx, stream), removalsSent);
    }

    private long key(Transaction tx, Holding stream) {
        return tx.claims().key(stream.claim().subject(), claim);
    }

    private static long floor(Transaction tx, Holding stream) {
        return tx.claims().streams().of(stream.claim().subject()).map(StreamTable.Row::floor).orElse(0L);
    }

    /// Rows that the follower does not have yet, as far as is known.
    public long pending(Holding stream) {
        return comparing || offered ? 0 : Math.max(0, stream.mark() - sent);
    }
}
