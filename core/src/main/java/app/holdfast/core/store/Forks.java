package app.holdfast.core.store;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    /// The setting in which it stands when a peer was believed that it has rows of this device, with its name.
    private static final String RENEWED_FOR = "renewed for ";
    /// No incarnation has written so many more than is known here: that takes days of nothing but writing.
    private static final long AHEAD_MAX = 1L << 32;

    /// So much more than anybody covers is covered when another device's names are closed: whatever that one writes
    /// before it hears of it stays below, and it notices by that.
    private static final long CLOSED_AHEAD = 1L << 20;

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
        return isCredible(author, theirs.of(author));
    }

    /// Whether a peer can have seen so much of an author.
    public boolean isCredible(Author author, long theirs) {
        return theirs - tx.dots().covered(author) <= AHEAD_MAX;
    }

    /// Whether a peer that shows a fork is to be believed: it has not shown one a moment ago.
    public boolean believes(DeviceId peer) {
        long nowMillis = tx.state().time().nowMillis();
        boolean renewed = tx.state().prepared().first("select value from setting where name = ?",
                row -> Long.parseLong(row.getString(1)), RENEWED_FOR + peer.hex())
                .filter(millis -> Math.abs(nowMillis - millis) < BELIEVED_MILLIS).isPresent();
        return !renewed && table.all().stream().noneMatch(fork -> fork.peer().equals(peer)
                && fork.foundMillis() != 0 && Math.abs(nowMillis - fork.foundMillis()) < BELIEVED_MILLIS);
    }

    /// Mints a new incarnation, as the present one has given names twice.
    ///
    /// @param since up to there the peer is known to have had what is here
    public void leave(DeviceId peer, long since) {
        table.add(Fork.found(tx.state().author(), peer, since, tx.state().time().nowMillis()));
        tx.renewIncarnation();
        tx.shared().finish();
        tx.forgetLog();
    }

    /// The same, as a peer has rows of a stream of this device that are not known here.
    ///
    /// @return false when it is not believed
    public boolean leaveStreams(DeviceId peer) {
        if (!believes(peer)) {
            return false;
        }
        tx.own().set(RENEWED_FOR + peer.hex(), Long.toString(tx.state().time().nowMillis()));
        tx.renewIncarnation();
        return true;
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
            boolean same = head != null && isSame(author, theirs.of(author), head);
            if (known.isEmpty() && theirs.of(author) > since(author) && head != null && !same) {
                table.add(Fork.found(author, peer, since(author), 0));
            }
            known.filter(fork -> fork.pending() && theirs.of(author) <= fork.since()).ifPresent(fork ->
                    close(fork, theirs));
        }
    }

    private boolean isSame(Author author, long covered, long head) {
        return covered == tx.dots().covered(author) ? head == tx.dots().head(author)
                : tx.dots().trails().agreed(author, List.of(new TrailMark(covered, covered, head))) > 0;
    }

    /// Whether somebody who covers so much of an author, with this head, was told something else than was told here.
    ///
    /// @return false as well where that cannot be told
    public boolean contradicts(Author author, long covered, @Nullable Long head) {
        long mine = tx.dots().covered(author);
        long myHead = tx.dots().head(author);
        return head != null && covered > 0 && covered <= mine
                && (covered == mine ? myHead != 0 && myHead != head
                : tx.dots().trails().contradicts(author, covered, head));
    }

    /// Authors of whom a peer was told something else than was told here, as far as is known. Left out are those of
    /// whom that is known already, and this device itself.
    ///
    /// @param heads  of what the peer covers, where they are known there
    /// @param trails the heads before those of authors of whom it covers more
    public SortedSet<Author> contradicted(DeviceId peer, VersionVector theirs, Map<Author, Long> heads,
            Map<Author, List<TrailMark>> trails) {
        SortedSet<Author> found = new TreeSet<>();
        for (Author author : theirs.sequences().keySet()) {
            long mine = tx.dots().covered(author);
            long myHead = tx.dots().head(author);
            boolean apart = contradicts(author, theirs.of(author), heads.get(author))
                    || mine > 0 && myHead != 0 && trails.getOrDefault(author, List.of()).stream()
                            .filter(mark -> mark.last() >= mine).findFirst()
                            .filter(mark -> mark.contradicts(mine, myHead)).isPresent();
            if (apart && !author.equals(tx.state().author()) && !isFetched(author, peer, theirs.of(author))) {
                found.add(author);
            }
        }
        return found;
    }

    /// Heals what another device has given twice, as that one may never come back: what it means here is written afresh
    /// by this device, and so is what the peer has.
    ///
    /// @param trail the heads along the author's groups, as the peer was told them
    /// @param theirs how far the peer covers the author
    public void heal(Author author, DeviceId peer, List<TrailMark> trail, long theirs) {
        long since = tx.dots().trails().agreed(author, trail);
        table.add(Fork.found(author, peer, since, tx.state().time().nowMillis()));
        tx.dots().cover(author, Math.max(tx.dots().covered(author), theirs) + CLOSED_AHEAD, 0);
        tx.touch(Topic.SYNC);
    }

    /// The heads along an author's groups, the last ones, in their order.
    ///
    /// @param from where the first of them ends, or before
    /// @param to   where the last one ends at most
    public List<TrailMark> trail(Author author, long from, long to, int limit) {
        return tx.dots().trails().of(author, from, to, limit);
    }

    private long since(Author author) {
        return table.givenOnce().getOrDefault(author, Long.MAX_VALUE);
    }

    /// Whether a peer has names for something that is still to be fetched from it.
    public boolean isPending(DeviceId peer) {
        return table.all().stream().anyMatch(fork -> fork.pending() && fork.peer().equals(peer));
    }

    /// Whether what a peer has of an author was fetched, or is being fetched.
    private boolean isFetched(Author author, DeviceId peer, long covered) {
        return table.all().stream().anyMatch(fork -> fork.peer().equals(peer) && fork.author().equals(author)
                && (fork.pending() || covered <= fork.fetched()));
    }

    /// Whether any names are.
    public boolean areContested() {
        return table.all().stream().anyMatch(Fork::pending);
    }

    /// The same of one name.
    public boolean isContested(Dot name) {
        return table.all().stream().anyMatch(fork -> fork.pending() && fork.author().equals(name.author())
                && name.sequence() > fork.since());
    }

    /// Authors of whom some are.
    Set<Author> contested() {
        return table.all().stream().filter(Fork::pending).map(Fork::author).collect(Collectors.toSet());
    }

    /// Whether the running reconciliation fetches what an author's names mean to the peer.
    boolean isFetched(Author author) {
        return table.all().stream().anyMatch(fork -> fork.compared() && fork.author().equals(author));
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
        var most = new TreeMap<Author, Long>();
        table.all().stream().filter(which).forEach(fork -> most.merge(fork.author(), fork.since(), Math::min));
        return vector.atMost(most);
    }

    /// The heads of [#shownTo], where they are known.
    public SortedMap<Author, Long> headsShownTo(DeviceId peer) {
        SortedMap<Author, Long> heads = tx.shared().heads();
        table.all().stream().filter(fork -> fork.pending() && fork.peer().equals(peer)).forEach(fork ->
                heads.remove(fork.author()));
        return heads;
    }

    /// The names of all that is live now, for comparing with a peer's (R5). To be closed.
    ///
    /// @param doubted of them the peer may know something else, so they are not covered
    public DotView openView(DeviceId peer, Set<Author> doubted) {
        SortedMap<Author, Long> heads = headsShownTo(peer);
        heads.keySet().removeAll(doubted);
        return tx.dots().views().open(without(shownTo(peer), doubted), heads);
    }

    /// The vector as somebody is shown it who may know something else of these authors.
    public static VersionVector without(VersionVector vector, Set<Author> doubted) {
        return doubted.isEmpty() ? vector
                : vector.atMost(doubted.stream().collect(Collectors.toMap(author -> author, _ -> 0L)));
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
        table.fetched(fork, theirs.of(author));
        long covered = tx.dots().covered(author);
        long last = Math.max(covered, theirs.of(author)) + (isContested(author) ? 0 : 1);
        tx.dots().cover(author, last, last == covered ? tx.dots().head(author) : 0);
        for (Reissue.Key claim : tx.dots().recordsAfter(author, since(author), true, Integer.MAX_VALUE)) {
            UUID subject = claim.record();
            if (tx.streams().isOfThisDevice(subject) && !tx.streams().isLacking(subject)) {
                tx.streams().claimAnew(subject);
                if (subject.equals(tx.state().device().subject())) {
                    tx.streams().assertComplete(subject);
                }
            } else {
                letGo(author, subject);
            }
        }
        tx.shared().finish();
    }

    /// A claim that lost and bears such a name: nobody needs it, and others may not have it.
    private void letGo(Author author, UUID subject) {
        Optional<Dot> winner = tx.streams().holding(subject).map(held -> held.claim().id());
        for (Dot claim : tx.dots().namesOf(Models.CLAIM, subject)) {
            boolean twice = claim.author().equals(author) && claim.sequence() > since(author);
            if (twice && winner.isPresent() && !winner.get().equals(claim)) {
                tx.dots().remove(subject, claim);
                tx.shared().refresh(Models.CLAIM, subject);
            }
        }
    }

    /// Writes some of what is live under names that were given twice afresh. Nothing while it folds.
    ///
    /// @param recordsMax records of this job
    public void settle(int recordsMax) {
        if (table.isSettled() || tx.staging().phase() == Staging.Phase.FOLD) {
            return;
        }
        int left = recordsMax;
        for (Map.Entry<Author, Long> one : table.givenOnce().entrySet()) {
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
