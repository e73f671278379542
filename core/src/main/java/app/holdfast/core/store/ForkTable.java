package app.holdfast.core.store;

import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The table of forks, which every turn of every conversation asks for: read once and kept. Nearly always empty. A job
/// that fails has it read again ([#forget]). Confined to the writer.
final class ForkTable {

    private final Prepared prepared;
    private final Authors authors;
    private @Nullable List<Fork> known;
    private boolean isSettled;

    ForkTable(Prepared prepared, Authors authors) {
        this.prepared = prepared;
        this.authors = authors;
    }

    /// What was read may have been undone.
    void forget() {
        known = null;
        isSettled = false;
    }

    List<Fork> all() {
        List<Fork> all = known;
        if (all == null) {
            all = prepared.all("select a.id, f.peer, f.since, f.found, f.pending, f.fetched, f.compared"
                    + " from fork f join author a on a.key = f.author", row -> new Fork(
                    new Author(Ids.uuid(row.getBytes(1))), DeviceId.of(row.getBytes(2)), row.getLong(3),
                    row.getLong(4), row.getLong(5) != 0, row.getLong(6), row.getLong(7) != 0));
            known = all;
        }
        return all;
    }

    /// Up to where each author is known to have given every name only once; those of whom nothing is known are left
    /// out.
    SortedMap<Author, Long> givenOnce() {
        if (all().isEmpty()) {
            return Collections.emptySortedMap();
        }
        var once = new TreeMap<Author, Long>();
        all().forEach(fork -> once.merge(fork.author(), fork.since(), Math::min));
        return once;
    }

    void add(Fork fork) {
        prepared.update("insert into fork (author, peer, since, found, pending, fetched, compared)"
                + " values (?, ?, ?, ?, ?, 0, 0)"
                + " on conflict (author, peer) do update set since = min(since, excluded.since),"
                + " found = excluded.found, pending = excluded.pending",
                authors.key(fork.author()), fork.peer().bytes(), fork.since(), fork.foundMillis(),
                fork.pending() ? 1L : 0L);
        forget();
    }

    /// The one running reconciliation is with this peer from now on.
    void comparing(DeviceId peer) {
        if (!all().isEmpty()) {
            prepared.update("update fork set compared = pending and peer = ?", (Object) peer.bytes());
            known = null;
        }
    }

    /// @param covered how far the peer covers the author
    void fetched(Fork fork, long covered) {
        prepared.update("update fork set pending = 0, compared = 0, fetched = ? where author = ? and peer = ?", covered,
                authors.key(fork.author()), fork.peer().bytes());
        forget();
    }

    /// Forgets everything; for a device that joins another library.
    void clear() {
        prepared.update("delete from fork");
        forget();
    }

    /// Whether nothing live bears a name that was given twice, as far as is known.
    boolean isSettled() {
        return isSettled || all().isEmpty();
    }

    void settled() {
        isSettled = true;
    }

    /// Something live may bear such a name.
    void unsettle() {
        isSettled = false;
    }
}
