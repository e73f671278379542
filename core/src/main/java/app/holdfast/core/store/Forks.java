package app.holdfast.core.store;

import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Predicate;

/// Names that this device has given twice (R7, its last clause), healed by union (ADR 190). Its machine went back to an
/// earlier state, with the notes outside the library by which that is noticed, and what was written since then bears
/// names that others know for something else.
///
/// What is live here under such names is written afresh under another incarnation. To the peer that showed it, this
/// device covers these names no longer, so neither takes the other's for removed, and all that the peer has under them
/// is fetched by comparing with it, and written afresh too. Then the names are closed: this device covers one more than
/// anybody can have, so whoever still has some of them compares, and lets go of them.
///
///     (found) --leave--> pending --a fold with the peer--> fetched, closed
///
/// All of it lies in the catalogue and goes on wherever it was cut off. Confined to the writer, used within one job.
public final class Forks {

    /// At most one fork is believed to a peer in this time: each writes afresh, and adds an author to every vector.
    static final long BELIEVED_MILLIS = 3_600_000;
    /// No incarnation has written so many more than is known here: that takes days of nothing but writing.
    private static final long AHEAD_MAX = 1L << 32;

    private final Transaction tx;
    private final ForkTable table;

    Forks(Transaction tx) {
        this.tx = tx;
        this.table = tx.state().forks();
    }

    /// Whether a peer can have seen so much of this device's names.
    public boolean isCredible(VersionVector theirs) {
        return isCredible(theirs, tx.state().author())
                && table.all().stream().allMatch(fork -> isCredible(theirs, fork.author()));
    }

    private boolean isCredible(VersionVector theirs, Author author) {
        return theirs.of(author) - tx.dots().covered(author) <= AHEAD_MAX;
    }

    /// Whether a peer that shows a fork is to be believed: it has not shown one a moment ago.
    public boolean believes(DeviceId peer) {
        long nowMillis = tx.state().time().nowMillis();
        return table.all().stream().noneMatch(fork -> fork.peer().equals(peer)
                && fork.foundMillis() != 0 && Math.abs(nowMillis - fork.foundMillis()) < BELIEVED_MILLIS);
    }

    /// Mints a new incarnation, as the present one has given names twice.
    ///
    /// @param since up to there the peer is known to have had what is here
    public void leave(DeviceId peer, long since) {
        table.add(new Fork(tx.state().author(), peer, since, tx.state().time().nowMillis(), true, false));
        tx.renewIncarnation();
        tx.shared().finish();
        tx.forgetLog();
    }

    /// What a peer says of names that another has shown to be given twice: it, too, may know them for something else.
    /// Whoever has no head of them has them from here, or from one who has.
    ///
    /// @param heads of what it covers, where they are known there
    public void meet(DeviceId peer, VersionVector theirs, Map<Author, Long> heads) {
        SortedSet<Author> authors = new TreeSet<>();
        table.all().forEach(fork -> authors.add(fork.author()));
        for (Author author : authors) {
            Optional<Fork> known = table.all().stream()
                    .filter(fork -> fork.author().equals(author) && fork.peer().equals(peer)).findFirst();
            Long head = heads.get(author);
            boolean same = theirs.of(author) == tx.dots().covered(author) && head != null
                    && head == tx.dots().head(author);
            if (known.isEmpty() && theirs.of(author) > since(author) && head != null && !same) {
                table.add(new Fork(author, peer, since(author), 0, true, false));
            }
            known.filter(fork -> fork.pending() && theirs.of(author) <= fork.since()).ifPresent(fork ->
                    close(fork, theirs));
        }
    }

    private long since(Author author) {
        return table.all().stream().filter(fork -> fork.author().equals(author)).mapToLong(Fork::since).min()
                .orElse(Long.MAX_VALUE);
    }

    /// Whether a peer has names for something that is still to be fetched from it.
    public boolean isPending(DeviceId peer) {
        return table.all().stream().anyMatch(fork -> fork.pending() && fork.peer().equals(peer));
    }

    /// Whether an author's names may mean something else to one peer than to another: then they are got by comparing,
    /// and what they hold from the one who was compared with.
    public boolean isContested(Author author) {
        return table.all().stream().anyMatch(fork -> fork.pending() && fork.author().equals(author));
    }

    /// What is covered as a peer may know it: names that are still to be fetched from it are not.
    public VersionVector shownTo(DeviceId peer) {
        return lowered(tx.shared().vector(), fork -> fork.pending() && fork.peer().equals(peer));
    }

    /// The same where the running reconciliation fetches them.
    VersionVector compared() {
        return lowered(tx.shared().vector(), Fork::compared);
    }

    private VersionVector lowered(VersionVector vector, Predicate<Fork> which) {
        if (table.all().stream().noneMatch(which)) {
            return vector;
        }
        var sequences = new TreeMap<>(vector.sequences());
        table.all().stream().filter(which).forEach(fork ->
                sequences.computeIfPresent(fork.author(), (_, covered) -> Math.min(covered, fork.since())));
        sequences.values().removeIf(covered -> covered == 0);
        return new VersionVector(sequences);
    }

    /// The heads of [#shownTo], where they are known.
    public SortedMap<Author, Long> headsShownTo(DeviceId peer) {
        SortedMap<Author, Long> heads = tx.shared().heads();
        table.all().stream().filter(fork -> fork.pending() && fork.peer().equals(peer)).forEach(fork ->
                heads.remove(fork.author()));
        return heads;
    }

    /// The names of all that is live now, for comparing with a peer's (R5). To be closed.
    public DotView openView(DeviceId peer) {
        return tx.dots().views().open(shownTo(peer), headsShownTo(peer));
    }

    /// The one running reconciliation is with this peer.
    public void comparing(DeviceId peer) {
        table.comparing(peer);
    }

    /// A reconciliation is folded in: what was fetched with it is here.
    ///
    /// @param theirs what the peer covered
    void folded(VersionVector theirs) {
        table.all().stream().filter(Fork::compared).forEach(fork -> close(fork, theirs));
        table.unsettle();
    }

    /// With the last peer that something is to be fetched from the names are closed: this device covers one more than
    /// they and it can have. Nobody has the log of that, so all others compare, and find that these names are no more.
    private void close(Fork fork, VersionVector theirs) {
        Author author = fork.author();
        table.fetched(fork);
        long covered = tx.dots().covered(author);
        long last = Math.max(covered, theirs.of(author)) + (isContested(author) ? 0 : 1);
        tx.dots().cover(author, last, last == covered ? tx.dots().head(author) : 0);
        for (Reissue.Key claim : tx.dots().recordsAfter(author, since(author), true, Integer.MAX_VALUE)) {
            UUID subject = claim.record();
            if (tx.streams().isOfThisDevice(subject)) {
                tx.streams().claimAnew(subject);
                if (subject.equals(tx.state().device().subject())) {
                    tx.streams().assertComplete(subject);
                }
            }
        }
        tx.shared().finish();
    }

    /// Writes some of what is live under names that were given twice afresh. Nothing while it folds.
    ///
    /// @param recordsMax records of this job
    public void settle(int recordsMax) {
        if (table.isSettled() || tx.staging().phase() == Staging.Phase.FOLD) {
            return;
        }
        int left = recordsMax;
        SortedMap<Author, Long> authors = new TreeMap<>();
        table.all().forEach(fork -> authors.merge(fork.author(), fork.since(), Math::min));
        for (Map.Entry<Author, Long> one : authors.entrySet()) {
            left -= new Reissue(tx, stamp -> stamp.hlc().author().equals(one.getKey())
                    && stamp.sequence() > one.getValue()).write(one.getKey(), one.getValue(), left);
        }
        tx.shared().finish(); // what is live is to be covered when somebody compares within this job
        if (left > 0) {
            table.settled();
        }
    }

    /// Whether nothing live bears a name that was given twice, so that what a peer has under it can come here.
    public boolean isSettled() {
        return table.isSettled();
    }
}
