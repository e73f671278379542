package app.holdfast.core.store;

import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The heads along each author's groups, as far back as they are kept: a device that stood where another still stands
/// can tell whether both were told the same (R7, ADR 230). Confined to the writer.
final class Trails {

    /// Steps that are kept of an author; of one that lies further back nothing can be told.
    static final int KEPT = 4_096;
    /// When an author's count passes a multiple of this, what lies further back is let go of.
    private static final int LET_GO = 512;

    private final Prepared prepared;
    private final Authors authors;

    Trails(Prepared prepared, Authors authors) {
        this.prepared = prepared;
        this.authors = authors;
    }

    void add(Author author, TrailMark mark) {
        prepared.update("insert into trail (author, last, first, head, staged) values (?, ?, ?, ?, 0)"
                + " on conflict (author, last) do update set first = min(first, excluded.first),"
                + " head = excluded.head, staged = 0",
                authors.key(author), mark.last(), mark.first(), mark.head());
        boolean passes = mark.last() / LET_GO != (mark.first() - 1) / LET_GO; // in whatever run of the program
        if (passes) {
            letGo(author);
        }
    }

    private void letGo(Author author) {
        long key = authors.key(author);
        prepared.update("delete from trail where author = ? and last <= (select last from trail where author = ?"
                + " order by last desc limit 1 offset ?)", key, key, (long) KEPT);
    }

    /// What a peer's trails tell of what is to be covered once the running reconciliation is folded in.
    void stage(Map<Author, List<TrailMark>> theirs, VersionVector mine) {
        unstage();
        theirs.forEach((author, marks) -> marks.stream().filter(mark -> mark.last() > mine.of(author)).forEach(mark ->
                prepared.update("insert into trail (author, last, first, head, staged) values (?, ?, ?, ?, 1)"
                        + " on conflict do nothing", authors.key(author), mark.last(), mark.first(), mark.head())));
    }

    void unstage() {
        prepared.update("delete from trail where staged = 1");
    }

    /// It is folded in: this author is covered as far as the peer covered it.
    void follow(Author author) {
        prepared.update("update trail set staged = 0 where staged = 1 and author = ?", authors.key(author));
        letGo(author);
    }

    /// Whether somebody who covers the author so far, with this head, was told something else than was told here.
    ///
    /// @param covered less than is covered here
    /// @return false as well where that cannot be told
    boolean contradicts(Author author, long covered, long head) {
        Optional<TrailMark> next = prepared.first("select first, last, head from trail where author = ? and last >= ?"
                + " and staged = 0 order by last limit 1",
                row -> new TrailMark(row.getLong(1), row.getLong(2), row.getLong(3)), authors.key(author), covered);
        return next.isPresent() && next.get().contradicts(covered, head);
    }

    /// Up to where a peer's trail and ours are the same.
    ///
    /// @return 0 when they have nothing in common that is kept
    long agreed(Author author, List<TrailMark> theirs) {
        for (TrailMark mark : theirs.reversed()) {
            if (prepared.finds("select 1 from trail where author = ? and last = ? and head = ? and staged = 0",
                    authors.key(author), mark.last(), mark.head())) {
                return mark.last();
            }
        }
        return 0;
    }

    /// The last steps of an author's trail, in their order.
    ///
    /// @param from those that end before are left out
    /// @param to   those that end after it, too
    List<TrailMark> of(Author author, long from, long to, int limit) {
        List<TrailMark> marks = new ArrayList<>(prepared.all("select first, last, head from trail where author = ?"
                + " and last >= ? and last <= ? and staged = 0 order by last desc limit ?",
                row -> new TrailMark(row.getLong(1), row.getLong(2), row.getLong(3)), authors.key(author), from, to,
                (long) limit));
        Collections.reverse(marks);
        return marks;
    }

    /// Forgets everything; for a device that joins another library.
    void clear() {
        prepared.update("delete from trail");
    }
}
