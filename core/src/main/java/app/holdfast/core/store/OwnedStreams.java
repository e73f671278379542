package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.STREAM;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Part;
import app.holdfast.core.change.Removal;
import app.holdfast.core.model.DeviceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Streams of owned rows within one transaction: claiming, how far each is held, taking in what a source sends
/// (section 6, S1-S6).
///
/// Confined to the writer. Serving is [StreamSource]'s, comparing [StreamComparison]'s, writing rows of our own
/// [StreamPen]'s.
public final class OwnedStreams {

    /// How far a stream is held here.
    ///
    /// @param mark     the cut held exactly, -1 for none: at it, the rows here hash to what the owner signed
    /// @param received rows of cuts up to here have been taken in; at least mark
    /// @param asserted whether absence counts at the mark
    /// @param signed   whether the owner's word on the mark is here, to be passed on
    /// @param own      whether this device owns the stream
    public record Holding(Claim claim, long mark, long received, boolean asserted, boolean signed, boolean own) {

        /// Whether others may be served from here: at a cut, not between two.
        public boolean servable() {
            return own || mark >= 0 && received == mark && signed;
        }

        /// The earliest cut that is taken from somebody else than the owner. An earlier one than has been taken in
        /// would bring back what is gone by then (S3). But who has not held any at which absence counts takes every
        /// one, or it would wait for ever for a cut that perhaps nobody has (ADR 244).
        public long relayedFrom() {
            return mark < 0 && !asserted ? 0 : Math.max(mark, received);
        }
    }

    /// What a stream is at a cut, for others.
    ///
    /// @param leaves in [Leaf#ORDER], without those of [#elsewhere]
    record Cut(Head head, List<Leaf> leaves, List<Part> elsewhere) {}

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

    /// Claims a subject even if an earlier incarnation of ours holds it. A device that does without some of it holds
    /// no cut of the whole (S8).
    void claimAnew(UUID subject) {
        boolean whole = scope().without(subject).isEmpty();
        Optional<Claim.Base> base = holding(subject)
                .map(held -> new Claim.Base(held.claim().id(), whole ? held.mark() : -1));
        long epoch = claims.greatestEpoch(subject) + 1;
        scope().takeInAll(subject);
        tx.shared().edit(Models.CLAIM, subject,
                Map.of(Models.CLAIM_FIELD, ClaimValue.of(epoch, tx.state().device(), base)));
    }

    /// Takes the drives of a device out of the library, on every device: they are claimed by this one, which says that
    /// there is nothing on them. What the device says about itself stays, as its name is needed for what it wrote.
    public void takeAway(DeviceId owner) {
        for (Holding held : all()) {
            UUID subject = held.claim().subject();
            if (held.claim().owner().equals(owner) && !subject.equals(owner.subject())) {
                claimAnew(subject);
                tx.pen(subject).remove(Models.VOLUME, subject);
                new RowRemover(tx).remove(Models.VOLUME, subject);
                assertComplete(subject);
                tx.touch(Topic.LOCATIONS, Topic.ENTRIES);
            }
        }
    }

    public Optional<Holding> holding(UUID subject) {
        return claims.streams().of(subject).map(StreamTable.Row::holding);
    }

    /// Whether this device claims it, perhaps under an earlier name or by a copy of this library: it may write.
    public boolean isOfThisDevice(UUID subject) {
        return holding(subject).filter(held -> claims.isOfThisDevice(held.claim())).isPresent();
    }

    /// Whether this device claimed it before it lost its library, and has not got all of it back from others: what it
    /// would write now would have other ids than what others know (ADR 248).
    public boolean isLacking(UUID subject) {
        return claims.streams().of(subject).filter(StreamTable.Row::lacking).isPresent();
    }

    /// @return the stream that stands on this claim now; empty when the claim is unknown or has lost
    public Optional<Holding> standingOn(Dot claim) {
        return claims.streams().standingOn(claim);
    }

    public List<Holding> all() {
        return claims.streams().all();
    }

    /// Another number after every change of what is held.
    public long version() {
        return claims.streams().version();
    }

    /// Says that what this device's stream holds is all there is: a full scan has ended (S4).
    public void assertComplete(UUID subject) {
        int changed = prepared().update("update stream set asserted = 1 where subject = ? and asserted = 0",
                Ids.bytes(subject));
        if (changed > 0) {
            claims.streams().changed();
            tx.touch(Topic.SYNC);
        }
    }

    /// Hashes some of a stream's leaves that are stale, so that nobody need wait for it later.
    ///
    /// @return whether none is left
    public boolean refreshLeaves(UUID subject, int leavesMax) {
        return new Leaves(tx).refresh(subject, leavesMax);
    }

    /// Locations whose entries this device does without.
    public Set<UUID> without() {
        return scope().without();
    }

    /// Those of them that lie on a volume.
    public Set<UUID> without(UUID subject) {
        return scope().without(subject);
    }

    private Prepared prepared() {
        return tx.state().prepared();
    }

    Scope scope() {
        return tx.state().scope();
    }

    /// The owner's word on what is here, and what it is made of.
    ///
    /// @return empty when nothing can be served now; what is found to be damaged is held no longer
    Optional<Cut> cut(Holding stream) {
        UUID subject = stream.claim().subject();
        List<Leaf> leaves = new Leaves(tx).of(subject);
        List<Part> elsewhere = scope().elsewhere(subject);
        var root = StreamHashes.root(leaves, elsewhere);
        if (stream.own()) {
            byte[] word = Head.toSign(stream.claim(), stream.mark(), stream.asserted(), root);
            Head head = new Head(stream.mark(), stream.asserted(), root, tx.state().signing().sign(word));
            return Optional.of(new Cut(head, leaves, elsewhere));
        }
        Optional<byte[]> signature = prepared().first("select signature from stream where subject = ? and root = ?",
                row -> row.getBytes(1), Ids.bytes(subject), root.bytes());
        if (signature.isEmpty()) {
            forgetMark(subject);
            return Optional.empty();
        }
        return Optional.of(new Cut(new Head(stream.mark(), stream.asserted(), root, signature.get()), leaves,
                elsewhere));
    }

    /// Whether the owner of the stream said this.
    public boolean isOwners(Holding stream, Head head) {
        return tx.state().signing().isBy(stream.claim().owner(),
                Head.toSign(stream.claim(), head.mark(), head.asserted(), head.root()), head.signature());
    }

    /// Takes in rows that are new with the owner (S2). Rows of a claim that does not win are for the caller to refuse.
    ///
    /// @return whether all rows stand here now as they were sent
    public boolean receive(Holding stream, List<OwnedRows> pages) {
        return take(stream, pages, Taking.news(without()));
    }

    boolean take(Holding stream, List<OwnedRows> pages, Taking taking) {
        RowReceiver receiver = new RowReceiver(tx, stream.claim(), taking);
        boolean all = true;
        for (OwnedRows page : pages) {
            all &= receiver.receive(page);
        }
        if (!taking.compared() || !all) {
            written(receiver, pages);
        }
        tx.touch(Topic.SYNC);
        pages.forEach(page -> Topics.touchRows(tx, page.model()));
        return all;
    }

    private void written(RowReceiver receiver, List<OwnedRows> pages) {
        var numbers = new HashMap<Long, Set<Long>>();
        for (OwnedRows page : pages) {
            for (OwnedRow row : page.rows()) {
                numbers.computeIfAbsent(receiver.stampedBy(row), _ -> new TreeSet<>())
                        .add(Leaf.number(row.sequence()));
            }
        }
        Leaves leaves = new Leaves(tx);
        numbers.forEach((claim, all) -> all.forEach(number ->
                leaves.written(claim, number * Leaf.ROWS_MAX, number * Leaf.ROWS_MAX)));
    }

    /// Notes that rows of cuts up to here have been taken in; a page never raises the mark (S1).
    public void received(Holding stream, long received) {
        if (received > stream.received()) {
            prepared().update("update stream set received = ? where subject = ?", received,
                    Ids.bytes(stream.claim().subject()));
            claims.streams().changed();
        }
    }

    /// Removes rows and keeps the list of it, so that this device can pass it on.
    public void remove(Holding stream, List<Removal> removals) {
        RowRemover remover = new RowRemover(tx);
        long claim = claims.key(stream.claim().subject(), stream.claim().id());
        for (Removal removal : removals) {
            remover.removeFrom(stream.claim().subject(), removal.model(), removal.id());
            prepared().update("insert into removal (claim, sequence, model, id) values (?, ?, ?, ?)"
                    + " on conflict do nothing", claim, removal.sequence(), removal.model(), Ids.bytes(removal.id()));
        }
        tx.touch(Topic.SYNC);
    }

    /// Ends a transfer of what was new. The mark rises only if what is here is what the owner signed (S1).
    ///
    /// @param elsewhere what the owner's rows hash to in the locations that this device does without
    /// @return false when it is not: the stream is to be compared
    public boolean reach(Holding stream, Head head, List<Part> elsewhere) {
        UUID subject = stream.claim().subject();
        scope().note(subject, elsewhere);
        var root = StreamHashes.root(new Leaves(tx).of(subject), scope().elsewhere(subject));
        if (!root.equals(head.root())) {
            return false;
        }
        byte[] id = Ids.bytes(subject);
        if (isLacking(subject)) { // its drive and its folders are looked for from now on
            tx.touch(Topic.LOCATIONS, Topic.ENTRIES);
        }
        prepared().update("update stream set mark = ?, received = ?, asserted = ?, root = ?, signature = ?,"
                + " lacking = 0 where subject = ?", head.mark(), head.mark(), head.asserted() ? 1L : 0L, root.bytes(),
                head.signature(), id);
        Removals.trim(tx.sql(), prepared(), claims.key(subject, stream.claim().id()), id);
        claims.streams().changed();
        tx.touch(Topic.SYNC);
        return true;
    }

    /// One page of what is new with the owner, kept until its cut has come.
    public record Page(List<OwnedRows> rows, List<Removal> removals) {}

    /// Takes in what a relay passed on, all of it or nothing.
    ///
    /// @return false when that is not what the owner signed
    public boolean takeRelayed(Holding stream, List<Page> pages, Head head, List<Part> elsewhere) {
        return tx.attempt(() -> {
            for (Page page : pages) {
                receive(stream, page.rows);
                remove(stream, page.removals);
            }
            return reach(stream, head, elsewhere);
        });
    }

    /// No cut of the stream is held any more, and what is known of its rows is not trusted: it is compared with the
    /// next source. For a doctor.
    public void forgetMark(UUID subject) {
        new Leaves(tx).forget(subject);
        loseCut(subject);
    }

    /// No cut of the stream is held any more, whatever rows are here: it is compared with the next source.
    void loseCut(UUID subject) {
        tx.sql().update(STREAM).set(STREAM.MARK, -1L).setNull(STREAM.ROOT).setNull(STREAM.SIGNATURE)
                .where(STREAM.SUBJECT.eq(Ids.bytes(subject))).execute();
        claims.streams().changed();
        tx.touch(Topic.SYNC);
    }

    /// Reads and hashes all rows of the streams that are held at a cut, and compares them with what the owners signed:
    /// at once, what [StreamCheck] does bit by bit.
    ///
    /// @return the subjects whose rows are not the owner's; they are compared with the next source
    public List<UUID> check() {
        var damaged = new ArrayList<UUID>();
        for (Holding stream : all()) {
            UUID subject = stream.claim().subject();
            if (!stream.own() && stream.servable()) {
                new Leaves(tx).forget(subject);
                if (cut(stream).isEmpty()) {
                    damaged.add(subject);
                }
            }
        }
        return damaged;
    }

    /// Removals up to a cut that was reached by comparing are not listed.
    void raiseFloor(Holding stream, long mark) {
        prepared().update("update stream set floor = ? where subject = ?", mark,
                Ids.bytes(stream.claim().subject()));
        prepared().update("delete from removal where claim = ?",
                claims.key(stream.claim().subject(), stream.claim().id()));
        claims.streams().changed();
    }
}
