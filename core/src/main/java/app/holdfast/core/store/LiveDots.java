package app.holdfast.core.store;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// The live dots and the version vector: the whole of the shared state (I1, I2). The views are made from it.
///
/// Lives as long as the writer's connection and is confined to its thread. The vector is kept in memory; a job that
/// fails makes it be read again ([#forget]).
final class LiveDots {

    /// A live dot with all it holds.
    record Live(Dot dot, String model, UUID record, byte[] bytes) {

        Snapshot snapshot() {
            return decode(bytes);
        }
    }

    /// A live dot by name.
    record Named(UUID record, Dot dot) {}

    /// How far an author is covered.
    ///
    /// @param head chained hash of its groups, 0 when unknown; two devices that cover the same of an author and have
    ///             different heads were told different things (R7)
    record Covered(long sequence, long head) {}

    private static final Covered NOTHING = new Covered(0, 0);

    private static final String COLUMNS = "select author, sequence, model, record, snapshot, sum from shared_dot ";

    private final Prepared prepared;
    private final Authors authors;
    private final DotViews views;
    private final NewDots fresh;
    private final Trails trails;
    private @Nullable SortedMap<Author, Covered> vector;

    LiveDots(Prepared prepared, Authors authors) {
        this.prepared = prepared;
        this.authors = authors;
        this.views = new DotViews(this);
        this.fresh = new NewDots(prepared, authors);
        this.trails = new Trails(prepared, authors);
    }

    /// What may have been undone is read again.
    void forget() {
        vector = null;
        fresh.forget();
        views.forget();
    }

    /// Has what is added wait until [#write], to go in together. Only for events that are not covered yet.
    void gather() {
        fresh.gather();
    }

    /// Writes what waited.
    void write() {
        fresh.write();
    }

    /// Views of the dots as they were at one moment.
    DotViews views() {
        return views;
    }

    /// The heads along the authors' groups.
    Trails trails() {
        return trails;
    }

    VersionVector vector() {
        var sequences = new TreeMap<Author, Long>();
        covered().forEach((author, covered) -> sequences.put(author, covered.sequence));
        return new VersionVector(sequences);
    }

    /// The heads of the authors covered, those that are not known left out.
    SortedMap<Author, Long> heads() {
        var heads = new TreeMap<Author, Long>();
        covered().forEach((author, covered) -> {
            if (covered.head != 0) {
                heads.put(author, covered.head);
            }
        });
        return heads;
    }

    long covered(Author author) {
        Covered covered = covered().get(author);
        return covered == null ? 0 : covered.sequence;
    }

    long head(Author author) {
        Covered covered = covered().get(author);
        return covered == null ? 0 : covered.head;
    }

    private SortedMap<Author, Covered> covered() {
        SortedMap<Author, Covered> known = vector;
        if (known == null) {
            known = new TreeMap<>();
            try (ResultSet row = prepared.statement("select author, sequence, head from vector").executeQuery()) {
                while (row.next()) {
                    known.put(authors.of(row.getLong(1)), new Covered(row.getLong(2), row.getLong(3)));
                }
            } catch (SQLException e) {
                throw new DataAccessException("reading the vector", e);
            }
            vector = known;
        }
        return known;
    }

    /// Raises what is covered of one author.
    ///
    /// @param head the chained hash of its groups, 0 when unknown
    void cover(Author author, long sequence, long head) {
        cover(author, new TrailMark(sequence, sequence, head));
    }

    /// The same by a group. Where the head of what was before it is not known, that of the group is not either.
    ///
    /// @param group what was admitted or written
    void cover(EncodedGroup group) {
        Covered before = covered().getOrDefault(group.author(), NOTHING);
        boolean isKnown = before.head != 0 || before.sequence == 0;
        cover(group.author(), new TrailMark(group.first(), group.last(), isKnown ? group.head(before.head) : 0));
    }

    private void cover(Author author, TrailMark mark) {
        long sequence = mark.last();
        long head = mark.head();
        if (head != 0) {
            trails.add(author, mark);
        }
        prepared.update("insert into vector (author, sequence, head) values (?, ?, ?)"
                + " on conflict (author) do update set sequence = excluded.sequence, head = excluded.head",
                authors.key(author), sequence, head);
        covered().put(author, new Covered(sequence, head));
    }

    /// A record is its model and its id together: a device's membership and the claim of its stream share an id.
    ///
    /// @return the record's live dots with their snapshots, in the order of the dots
    SortedMap<Dot, Snapshot> of(String model, UUID record) {
        var live = new TreeMap<Dot, Snapshot>();
        read("where record = ? and model = ?", statement -> {
            statement.setBytes(1, Ids.bytes(record));
            statement.setString(2, model);
        }, (found, _) -> live.put(found.dot, found.snapshot()));
        fresh.of(model, record, waiting -> live.put(waiting.dot, waiting.snapshot()));
        return live;
    }

    /// The names of the record's live dots.
    SortedSet<Dot> namesOf(String model, UUID record) {
        var names = new TreeSet<Dot>();
        try {
            PreparedStatement select = prepared.statement(
                    "select author, sequence from shared_dot where record = ? and model = ?");
            select.setBytes(1, Ids.bytes(record));
            select.setString(2, model);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(new Dot(authors.of(row.getLong(1)), row.getLong(2)));
                }
            }
            fresh.of(model, record, waiting -> names.add(waiting.dot));
            return names;
        } catch (SQLException e) {
            throw new DataAccessException("reading a record's dots", e);
        }
    }

    Optional<Live> at(Dot dot) {
        var live = new ArrayList<Live>(1);
        select("where author = ? and sequence = ?", statement -> {
            statement.setLong(1, authors.key(dot.author()));
            statement.setLong(2, dot.sequence());
        }, (found, _) -> live.add(found));
        return live.stream().findFirst();
    }

    /// Whether its content is lost ([LostDots]).
    boolean isLost(Dot dot) {
        return prepared.finds("select 1 from shared_dot where author = ? and sequence = ? and sum < 0",
                authors.key(dot.author()), dot.sequence());
    }

    /// Live dots of one author within a span of sequences.
    List<Dot> between(Author author, long after, long last) {
        var dots = new ArrayList<Dot>();
        fresh.writeWaiting();
        try {
            PreparedStatement select = prepared.statement(
                    "select sequence from shared_dot where author = ? and sequence > ? and sequence <= ?");
            select.setLong(1, authors.key(author));
            select.setLong(2, after);
            select.setLong(3, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    dots.add(new Dot(author, row.getLong(1)));
                }
            }
            return dots;
        } catch (SQLException e) {
            throw new DataAccessException("reading an author's dots", e);
        }
    }

    /// Records that have live dots of one author after a sequence, in the order in which they were written.
    ///
    /// @param claims whether only claims, or only what is none
    List<Reissue.Key> recordsAfter(Author author, long after, boolean claims, int limit) {
        fresh.writeWaiting();
        return prepared.all("select distinct model, record from shared_dot where author = ? and sequence > ?"
                + " and (model = 'claim') = ? limit ?",
                row -> new Reissue.Key(row.getString(1), Ids.uuid(row.getBytes(2))), authors.key(author), after,
                claims ? 1L : 0L, (long) limit);
    }

    /// Calls with every live dot, in the order of their keys here. The visitor reads nothing itself.
    void forEach(Consumer<Live> visitor) {
        select("", _ -> { }, (live, _) -> visitor.accept(live));
    }

    /// The same with the sum that lies beside each ([DotSum]), negative for what is lost.
    void forEachSummed(ObjLongConsumer<Live> visitor) {
        select("", _ -> { }, visitor);
    }

    /// The same in the order of the records, so that all of a record come one after the other.
    void forEachByRecord(Consumer<Live> visitor) {
        select("order by record", _ -> { }, (live, _) -> visitor.accept(live));
    }

    /// Calls with the name of every live dot of a range, in the order of the records.
    void forEachName(RecordRange range, Consumer<Named> visitor) {
        fresh.writeWaiting();
        try {
            PreparedStatement select = prepared.statement(range.to().isEmpty()
                    ? "select record, author, sequence from shared_dot where record >= ? order by record"
                    : "select record, author, sequence from shared_dot where record >= ? and record < ?"
                            + " order by record");
            select.setBytes(1, Ids.bytes(range.from()));
            if (range.to().isPresent()) {
                select.setBytes(2, Ids.bytes(range.to().get()));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    visitor.accept(new Named(Ids.uuid(row.getBytes(1)),
                            new Dot(authors.of(row.getLong(2)), row.getLong(3))));
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading the names of a range", e);
        }
    }

    /// The record of the name that comes so many names after a record; empty when there are not so many.
    Optional<UUID> recordAfter(UUID from, long names) {
        fresh.writeWaiting();
        try {
            PreparedStatement select = prepared.statement(
                    "select record from shared_dot where record >= ? order by record limit 1 offset ?");
            select.setBytes(1, Ids.bytes(from));
            select.setLong(2, names);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Ids.uuid(row.getBytes(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DataAccessException("looking ahead", e);
        }
    }

    /// The records of a model that are live; none are listed of assignments, which have no index for it.
    List<UUID> recordsOf(String model) {
        var records = new ArrayList<UUID>();
        fresh.writeWaiting();
        try {
            PreparedStatement select = prepared.statement("select distinct record from shared_dot"
                    + " where model = ? and model <> 'assignment'");
            select.setString(1, model);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    records.add(Ids.uuid(row.getBytes(1)));
                }
            }
            return records;
        } catch (SQLException e) {
            throw new DataAccessException("reading the records of a model", e);
        }
    }

    /// @param snapshot what it holds, in its one byte form
    void add(Dot dot, String model, UUID record, byte[] snapshot) {
        if (fresh.isGathering()) {
            fresh.add(new Live(dot, model, record, snapshot));
            views.added(record, dot);
            return;
        }
        int added = prepared.update("insert into shared_dot (author, sequence, model, record, snapshot, sum)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing", authors.key(dot.author()), dot.sequence(), model,
                Ids.bytes(record), snapshot, DotSum.of(dot, model, record, snapshot));
        if (added > 0) {
            views.added(record, dot);
        }
    }

    void remove(UUID record, Dot dot) {
        boolean removed = fresh.remove(dot)
                || prepared.update("delete from shared_dot where author = ? and sequence = ?",
                        authors.key(dot.author()), dot.sequence()) > 0;
        if (removed) {
            views.removed(record, dot);
        }
    }

    /// Forgets everything; for a device that joins another library.
    void clear() {
        prepared.update("delete from shared_dot");
        prepared.update("delete from vector");
        trails.clear();
        forget();
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private void select(String where, Binding binding, ObjLongConsumer<Live> visitor) {
        fresh.writeWaiting();
        read(where, binding, visitor);
    }

    /// The same without those that wait.
    private void read(String where, Binding binding, ObjLongConsumer<Live> visitor) {
        try {
            PreparedStatement select = prepared.statement(COLUMNS + where);
            binding.bind(select);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    visitor.accept(new Live(new Dot(authors.of(row.getLong(1)), row.getLong(2)), row.getString(3),
                            Ids.uuid(row.getBytes(4)), row.getBytes(5)), row.getLong(6));
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading live dots", e);
        }
    }

    static Snapshot decode(byte[] bytes) {
        try {
            return ChangeCodec.decodeStored(bytes);
        } catch (MalformedChange e) {
            throw new IllegalStateException("a stored snapshot is damaged", e);
        }
    }
}
