package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.CLAIM;
import static app.holdfast.core.store.catalogue.Tables.REMOVAL;
import static app.holdfast.core.store.catalogue.Tables.STREAM;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Removal;
import app.holdfast.core.store.catalogue.tables.records.StreamRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Streams of owned rows within one transaction: claiming, how far each is held, taking in what a source sends
/// (section 6, S1-S6).
///
/// Confined to the writer. Serving is [StreamSource]'s, writing rows of our own [StreamPen]'s.
public final class OwnedStreams {

    /// How far a stream is held here.
    ///
    /// @param mark     the cut held exactly, -1 for none
    /// @param received rows of the stream up to here have arrived; at least mark
    /// @param asserted whether absence counts at the mark
    /// @param extras   whether rows are held that may not be the owner's any more: a whole transfer is wanted
    /// @param own      whether this device owns the stream
    public record Holding(Claim claim, long mark, long received, boolean asserted, boolean extras, boolean own) {

        /// Whether others may be served from here: at a cut, not between two.
        public boolean servable() {
            return mark >= 0 && received == mark && !extras;
        }
    }

    private final Transaction tx;
    private final Claims claims;

    OwnedStreams(Transaction tx, Claims claims) {
        this.tx = tx;
        this.claims = claims;
    }

    /// Claims a subject for this device, on what it holds of it now (S6). Nothing happens when it is ours already.
    public void claim(UUID subject) {
        Optional<Holding> now = holding(subject);
        if (now.isEmpty() || !now.get().own()) {
            claimAnew(subject);
        }
    }

    /// Claims a subject even if an earlier incarnation of ours holds it.
    void claimAnew(UUID subject) {
        Optional<Claim.Base> base = holding(subject)
                .map(held -> new Claim.Base(held.claim().id(), held.extras() ? -1 : held.mark()));
        long epoch = claims.greatestEpoch(subject) + 1;
        tx.shared().edit(Models.CLAIM, subject,
                Map.of(Models.CLAIM_FIELD, ClaimValue.of(epoch, tx.state().device(), base)));
    }

    public Optional<Holding> holding(UUID subject) {
        return tx.sql().selectFrom(STREAM).where(STREAM.SUBJECT.eq(Ids.bytes(subject))).fetchOptional()
                .map(this::holding);
    }

    /// @return the stream that stands on this claim now; empty when the claim is unknown or has lost
    public Optional<Holding> standingOn(Dot claim) {
        return tx.sql().select(STREAM.fields()).from(STREAM).join(CLAIM).on(CLAIM.KEY.eq(STREAM.CLAIM))
                .where(CLAIM.AUTHOR.eq(tx.authors().key(claim.author()))).and(CLAIM.SEQUENCE.eq(claim.sequence()))
                .fetchOptional().map(row -> holding(row.into(STREAM)));
    }

    public List<Holding> all() {
        return tx.sql().selectFrom(STREAM).fetch(this::holding);
    }

    private Holding holding(StreamRecord row) {
        Claim claim = claims.of(row.getClaim());
        return new Holding(claim, row.getMark(), row.getReceived(), row.getAsserted() != 0, row.getExtras() != 0,
                claims.isOwn(claim));
    }

    /// Says that what this device's stream holds is all there is: a full scan has ended (S4).
    public void assertComplete(UUID subject) {
        int changed = tx.sql().update(STREAM).set(STREAM.ASSERTED, 1L).where(STREAM.SUBJECT.eq(Ids.bytes(subject)))
                .and(STREAM.ASSERTED.eq(0L)).execute();
        if (changed > 0) {
            tx.touch(Topic.SYNC);
        }
    }

    /// Takes in rows of a page (S2). Rows of a claim that does not win are for the caller to refuse.
    ///
    /// @param seen collects the keys of all rows offered, for a whole transfer; untouched otherwise
    /// @return whether all rows could be taken; false when one names a location that is not here
    public boolean receive(Holding stream, List<OwnedRows> pages, Optional<SeenRows> seen) {
        RowReceiver receiver = new RowReceiver(tx, stream.claim(), seen);
        boolean all = true;
        for (OwnedRows page : pages) {
            all &= receiver.receive(page);
        }
        tx.touch(Topic.ENTRIES, Topic.LOCATIONS, Topic.DEVICES, Topic.SYNC);
        return all;
    }

    /// Notes that all rows of the stream's own claim up to a sequence have arrived; a page never raises the mark
    /// (S1).
    public void received(Holding stream, long received) {
        if (!stream.extras() && received > stream.received()) {
            tx.sql().update(STREAM).set(STREAM.RECEIVED, received)
                    .where(STREAM.SUBJECT.eq(Ids.bytes(stream.claim().subject()))).execute();
        }
    }

    /// Removes rows and keeps the list of it, so that this device can pass it on.
    public void remove(Holding stream, List<Removal> removals) {
        RowRemover remover = new RowRemover(tx);
        long claim = claims.key(stream.claim().subject(), stream.claim().id());
        for (Removal removal : removals) {
            remover.removeFrom(stream.claim().subject(), removal.model(), removal.id());
            tx.sql().insertInto(REMOVAL, REMOVAL.CLAIM, REMOVAL.SEQUENCE, REMOVAL.MODEL, REMOVAL.ID)
                    .values(claim, removal.sequence(), removal.model(), Ids.bytes(removal.id()))
                    .onConflictDoNothing().execute();
        }
        tx.touch(Topic.ENTRIES, Topic.LOCATIONS, Topic.SYNC);
    }

    /// Ends a transfer: the stream is held exactly as at the mark, or with extras when absence does not count yet
    /// (S1, S4).
    ///
    /// @param seen what a whole transfer offered; empty when only what is new was sent
    public void cut(Holding stream, long mark, boolean asserted, Optional<SeenRows> seen) {
        byte[] subject = Ids.bytes(stream.claim().subject());
        long claim = claims.key(stream.claim().subject(), stream.claim().id());
        boolean extras = stream.extras();
        if (seen.isPresent()) {
            RowRemover remover = new RowRemover(tx);
            extras = asserted ? remover.removeUnseen(stream.claim().subject(), seen.get())
                    : remover.anyUnseen(stream.claim().subject(), seen.get());
        }
        var update = tx.sql().update(STREAM).set(STREAM.EXTRAS, extras ? 1L : 0L)
                .set(STREAM.MARK, extras ? -1L : mark).set(STREAM.RECEIVED, extras ? 0L : mark)
                .set(STREAM.ASSERTED, asserted && !extras ? 1L : 0L);
        if (seen.isPresent()) {
            update = update.set(STREAM.FLOOR, mark);
        }
        update.where(STREAM.SUBJECT.eq(subject)).execute();
        Removals.trim(tx.sql(), claim, subject);
        tx.touch(Topic.SYNC);
    }

    /// Starts a whole transfer of a stream: what is held already counts for nothing until it is offered again.
    public SeenRows startWhole() {
        return new SeenRows();
    }

    /// Another device's stream is not known to be held any more: all of it is to be offered again, and what is not
    /// goes (S4). Rows stay until then.
    public void forgetMark(UUID subject) {
        tx.sql().update(STREAM).set(STREAM.MARK, -1L).set(STREAM.RECEIVED, 0L).set(STREAM.ASSERTED, 0L)
                .set(STREAM.EXTRAS, 1L).where(STREAM.SUBJECT.eq(Ids.bytes(subject))).execute();
        tx.touch(Topic.SYNC);
    }
}
