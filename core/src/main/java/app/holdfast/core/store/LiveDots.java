package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.SHARED_DOT;
import static app.holdfast.core.store.catalogue.Tables.VECTOR;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record5;

/// The live dots and the version vector: the whole of the shared state (I1, I2). The views are made from it.
final class LiveDots {

    /// A live dot with all it holds.
    record Live(Dot dot, String model, UUID record, Snapshot snapshot) {}

    private final DSLContext sql;
    private final Authors authors;

    LiveDots(DSLContext sql, Authors authors) {
        this.sql = sql;
        this.authors = authors;
    }

    VersionVector vector() {
        var sequences = new TreeMap<Author, Long>();
        sql.selectFrom(VECTOR).forEach(row -> sequences.put(authors.of(row.getAuthor()), row.getSequence()));
        return new VersionVector(sequences);
    }

    long covered(Author author) {
        Long sequence = sql.select(VECTOR.SEQUENCE).from(VECTOR).where(VECTOR.AUTHOR.eq(authors.key(author)))
                .fetchOne(VECTOR.SEQUENCE);
        return sequence == null ? 0 : sequence;
    }

    /// Raises what is covered of one author.
    ///
    /// @param head the chained hash of its groups, 0 when unknown
    void cover(Author author, long sequence, long head) {
        sql.insertInto(VECTOR, VECTOR.AUTHOR, VECTOR.SEQUENCE, VECTOR.HEAD).values(authors.key(author), sequence, head)
                .onConflict(VECTOR.AUTHOR).doUpdate().set(VECTOR.SEQUENCE, sequence).set(VECTOR.HEAD, head).execute();
    }

    long head(Author author) {
        Long head = sql.select(VECTOR.HEAD).from(VECTOR).where(VECTOR.AUTHOR.eq(authors.key(author)))
                .fetchOne(VECTOR.HEAD);
        return head == null ? 0 : head;
    }

    /// A record is its model and its id together: a device's membership and the claim of its stream share an id.
    ///
    /// @return the record's live dots with their snapshots, in the order of the dots
    SortedMap<Dot, Snapshot> of(String model, UUID record) {
        var live = new TreeMap<Dot, Snapshot>();
        sql.select(SHARED_DOT.AUTHOR, SHARED_DOT.SEQUENCE, SHARED_DOT.SNAPSHOT).from(SHARED_DOT)
                .where(SHARED_DOT.RECORD.eq(Ids.bytes(record))).and(SHARED_DOT.MODEL.eq(model)).forEach(row ->
                        live.put(new Dot(authors.of(row.value1()), row.value2()), decode(row.value3())));
        return live;
    }

    Optional<Live> at(Dot dot) {
        return sql.select(SHARED_DOT.AUTHOR, SHARED_DOT.SEQUENCE, SHARED_DOT.MODEL, SHARED_DOT.RECORD,
                        SHARED_DOT.SNAPSHOT).from(SHARED_DOT)
                .where(SHARED_DOT.AUTHOR.eq(authors.key(dot.author()))).and(SHARED_DOT.SEQUENCE.eq(dot.sequence()))
                .fetchOptional().map(this::live);
    }

    /// Calls with every live dot, in the order of their keys here.
    void forEach(Consumer<Live> visitor) {
        try (var cursor = sql.select(SHARED_DOT.AUTHOR, SHARED_DOT.SEQUENCE, SHARED_DOT.MODEL, SHARED_DOT.RECORD,
                SHARED_DOT.SNAPSHOT).from(SHARED_DOT).fetchLazy()) {
            cursor.forEach(row -> visitor.accept(live(row)));
        }
    }

    /// The names of all live dots, with their records.
    Map<Dot, UUID> names() {
        var names = new TreeMap<Dot, UUID>();
        sql.select(SHARED_DOT.AUTHOR, SHARED_DOT.SEQUENCE, SHARED_DOT.RECORD).from(SHARED_DOT).forEach(row ->
                names.put(new Dot(authors.of(row.value1()), row.value2()), Ids.uuid(row.value3())));
        return names;
    }

    List<UUID> recordsOf(String model) {
        var records = new ArrayList<UUID>();
        sql.selectDistinct(SHARED_DOT.RECORD).from(SHARED_DOT).where(SHARED_DOT.MODEL.eq(model))
                .forEach(row -> records.add(Ids.uuid(row.value1())));
        return records;
    }

    void add(Dot dot, String model, UUID record, byte[] snapshot) {
        sql.insertInto(SHARED_DOT, SHARED_DOT.AUTHOR, SHARED_DOT.SEQUENCE, SHARED_DOT.MODEL, SHARED_DOT.RECORD,
                SHARED_DOT.SNAPSHOT).values(authors.key(dot.author()), dot.sequence(), model, Ids.bytes(record),
                snapshot).onConflictDoNothing().execute();
    }

    void remove(Dot dot) {
        sql.deleteFrom(SHARED_DOT).where(SHARED_DOT.AUTHOR.eq(authors.key(dot.author())))
                .and(SHARED_DOT.SEQUENCE.eq(dot.sequence())).execute();
    }

    /// Forgets everything; for a device that joins another library.
    void clear() {
        sql.deleteFrom(SHARED_DOT).execute();
        sql.deleteFrom(VECTOR).execute();
    }

    private Live live(Record5<Long, Long, String, byte[], byte[]> row) {
        return new Live(new Dot(authors.of(row.value1()), row.value2()), row.value3(), Ids.uuid(row.value4()),
                decode(row.value5()));
    }

    private static Snapshot decode(byte[] bytes) {
        try {
            return ChangeCodec.decodeSnapshot(bytes);
        } catch (MalformedChange e) {
            throw new IllegalStateException("a stored snapshot is damaged", e);
        }
    }
}
