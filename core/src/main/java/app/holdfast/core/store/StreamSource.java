package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.REMOVAL;
import static app.holdfast.core.store.catalogue.Tables.STREAM;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Removal;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.List;
import java.util.Optional;

/// Sends one stream to one follower, a page at a time: what the follower lacks first, then whatever is new, for as
/// long as it follows (S5).
///
/// Own rows go in the order of the owner's sequence, so a transfer that broke off goes on where it was; a row that
/// changes meanwhile moves to the end of that order and is sent there. Rows of base claims go before them, removals
/// after them, and only then the cut: at that moment everything of the stream has been sent. Confined to the writer.
public final class StreamSource {

    /// What to send next.
    ///
    /// @param received all rows of the stream's own claim up to here have been sent with this page
    /// @param cut      set when the transfer is complete with this page
    public record Page(List<OwnedRows> rows, List<Removal> removals, long received, Optional<Cut> cut) {}

    /// @param mark -1 says that the follower cannot be served from where it is and is to ask for the whole
    public record Cut(long mark, boolean asserted, boolean whole) {}

    private static final Cut START_OVER = new Cut(-1, false, false);

    private final Dot claim;
    private boolean whole;
    private long baseKey;
    private boolean basesSent;
    private long sent;
    private long removalsSent;
    private boolean cutSent;
    private boolean assertedSent;
    private long markSent;

    /// @param mark     the cut that the follower holds, -1 for none
    /// @param received what has arrived there of a transfer that broke off
    public StreamSource(Dot claim, long mark, long received) {
        this.claim = claim;
        this.whole = mark < 0 && received <= 0;
        this.basesSent = !whole;
        this.sent = Math.max(0, Math.max(mark, received));
        this.removalsSent = Math.max(0, mark); // they go last, so a transfer that broke off has brought none
    }

    /// @return the next page; empty when there is nothing to send now
    public Optional<Page> next(Transaction tx) {
        Optional<Holding> holding = tx.streams().standingOn(claim);
        if (holding.isEmpty() || !holding.get().servable()) {
            return Optional.empty();
        }
        Holding stream = holding.get();
        long mark = stream.mark();
        if (cutSent && markSent == mark && assertedSent == stream.asserted()) {
            return Optional.empty();
        }
        RowReader reader = new RowReader(tx, stream.claim());
        if (!whole && floor(tx, stream) > removalsSent) {
            cutSent = true;
            markSent = mark;
            assertedSent = stream.asserted();
            return Optional.of(new Page(List.of(), List.of(), 0, Optional.of(START_OVER)));
        }
        if (!basesSent) {
            RowReader.Batch batch = reader.bases(baseKey);
            baseKey = batch.last();
            basesSent = !batch.full();
            if (!batch.pages().isEmpty()) {
                return Optional.of(new Page(batch.pages(), List.of(), 0, Optional.empty()));
            }
        }
        RowReader.Batch rows = reader.own(sent);
        sent = Math.max(sent, rows.last());
        if (rows.full()) {
            return Optional.of(new Page(rows.pages(), List.of(), sent, Optional.empty()));
        }
        return Optional.of(end(tx, stream, rows.pages()));
    }

    private Page end(Transaction tx, Holding stream, List<OwnedRows> rows) {
        long mark = stream.mark();
        List<Removal> removals = removals(tx, stream);
        if (removals.size() == OwnedRows.ROWS_MAX) {
            removalsSent = removals.getLast().sequence();
            return new Page(rows, removals, sent, Optional.empty());
        }
        sent = mark;
        removalsSent = mark;
        cutSent = true;
        markSent = mark;
        assertedSent = stream.asserted();
        Cut cut = new Cut(mark, stream.asserted(), whole);
        whole = false;
        return new Page(rows, removals, mark, Optional.of(cut));
    }

    private List<Removal> removals(Transaction tx, Holding stream) {
        long key = tx.claims().key(stream.claim().subject(), claim);
        return tx.sql().selectFrom(REMOVAL).where(REMOVAL.CLAIM.eq(key)).and(REMOVAL.SEQUENCE.gt(removalsSent))
                .orderBy(REMOVAL.SEQUENCE).limit(OwnedRows.ROWS_MAX)
                .fetch(row -> new Removal(row.getModel(), Ids.uuid(row.getId()), row.getSequence()));
    }

    private static long floor(Transaction tx, Holding stream) {
        return tx.sql().select(STREAM.FLOOR).from(STREAM)
                .where(STREAM.SUBJECT.eq(Ids.bytes(stream.claim().subject()))).fetchSingle(STREAM.FLOOR);
    }

    /// Rows that the follower does not have yet, as far as is known.
    public long pending(Holding stream) {
        return Math.max(0, stream.mark() - sent);
    }
}
