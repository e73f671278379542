package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.CLAIM;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.DeviceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/// The claims that streams stand on: which are known, which one wins, and what becomes of a stream when another wins
/// (S6).
final class Claims {

    /// A claim known only by its name: rows that stand on it came before it did.
    private static final long EPOCH_UNKNOWN = 0;
    private static final Author NOBODY = new Author(new UUID(0, 0));

    private static final String KNOW = """
            insert into claim (subject, author, sequence, clock_millis, clock_counter, epoch, owner, base_author,
            base_sequence, base_mark) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (author, sequence) do update
            set subject = excluded.subject, clock_millis = excluded.clock_millis,
            clock_counter = excluded.clock_counter, epoch = excluded.epoch, owner = excluded.owner,
            base_author = excluded.base_author, base_sequence = excluded.base_sequence, base_mark = excluded.base_mark
            where epoch = 0""";
    private static final String READ = "select subject, author, sequence, clock_millis, clock_counter, epoch, owner,"
            + " base_author, base_sequence, base_mark from claim where key = ?";

    private final DSLContext sql;
    private final Prepared prepared;
    private final Authors authors;
    private final Supplier<DeviceId> self;
    private final Supplier<Author> author;
    private final StreamTable streams;
    private final Map<Long, Claim> byKey = new HashMap<>();
    private final Map<Dot, Long> keys = new HashMap<>();

    /// @param self   this device, once it is known
    /// @param author its present incarnation
    Claims(DSLContext sql, Prepared prepared, Authors authors, Supplier<DeviceId> self, Supplier<Author> author) {
        this.sql = sql;
        this.prepared = prepared;
        this.authors = authors;
        this.self = self;
        this.author = author;
        this.streams = new StreamTable(prepared, this);
    }

    /// How far the streams are held.
    StreamTable streams() {
        return streams;
    }

    /// What was read may have been undone.
    void forget() {
        byKey.clear();
        keys.clear();
        streams.changed();
    }

    /// Notes a claim, so that rows may stand on it.
    void know(Claim claim) {
        Long key = keys.get(claim.id());
        Claim known = key == null ? null : byKey.get(key);
        if (known != null && known.epoch() != EPOCH_UNKNOWN) {
            return; // a claim never changes
        }
        disown(claim);
        Optional<Claim.Base> base = claim.base();
        prepared.update(KNOW, Ids.bytes(claim.subject()), authors.key(claim.incarnation()), claim.stamp().sequence(),
                claim.stamp().hlc().millis(), (long) claim.stamp().hlc().counter(), claim.epoch(),
                claim.owner().bytes(), base.map(on -> authors.key(on.claim().author())).orElse(null),
                base.map(on -> on.claim().sequence()).orElse(null), base.map(Claim.Base::mark).orElse(-1L));
        forget();
    }

    /// Somebody had rows of another subject stand on this name before anyone claimed under it: what was kept for them
    /// gets a name that no claim has, so that they stay out of this one's stream.
    private void disown(Claim claim) {
        Optional<Long> taken = find(claim.id()).filter(key -> of(key).epoch() == EPOCH_UNKNOWN
                && !of(key).subject().equals(claim.subject()));
        if (taken.isPresent()) {
            prepared.update("update claim set author = ?, sequence = key where key = ?", authors.key(NOBODY),
                    taken.get());
        }
    }

    /// @return this database's key of the claim; makes a place for one that has not arrived yet
    /// @throws IllegalArgumentException when it is a claim of another subject; what comes from others is to be asked
    ///         after with [#mayStandOn] first
    long key(UUID subject, Dot id) {
        Optional<Long> known = find(id);
        if (known.isPresent()) {
            if (!of(known.get()).subject().equals(subject)) {
                throw new IllegalArgumentException("no claim of " + subject + ": " + id);
            }
            return known.get();
        }
        Stamp unknown = new Stamp(new Hlc(0, 0, id.author()), id.sequence());
        know(new Claim(subject, EPOCH_UNKNOWN, DeviceId.of(new byte[DeviceId.BYTES]), unknown, Optional.empty()));
        return find(id).orElseThrow();
    }

    /// Whether rows of a subject may stand on a claim: it is one of that subject, or not known yet.
    boolean mayStandOn(UUID subject, Dot id) {
        return find(id).map(key -> of(key).subject().equals(subject)).orElse(true);
    }

    /// The claim's key if it is known, and of this subject.
    Optional<Long> known(UUID subject, Dot id) {
        return find(id).filter(key -> of(key).subject().equals(subject));
    }

    private Optional<Long> find(Dot id) {
        Long known = keys.get(id);
        if (known == null) {
            known = prepared.first("select key from claim where author = ? and sequence = ?", row -> row.getLong(1),
                    authors.key(id.author()), id.sequence()).orElse(null);
            if (known != null) {
                keys.put(id, known);
            }
        }
        return Optional.ofNullable(known);
    }

    Claim of(long key) {
        Claim known = byKey.get(key);
        if (known == null) {
            known = prepared.first(READ, this::read, key)
                    .orElseThrow(() -> new IllegalStateException("no claim has the key " + key));
            byKey.put(key, known);
        }
        return known;
    }

    private Claim read(ResultSet row) throws SQLException {
        Hlc hlc = new Hlc(row.getLong(4), row.getInt(5), authors.of(row.getLong(2)));
        long baseAuthor = row.getLong(8);
        Optional<Claim.Base> base = row.wasNull() ? Optional.empty()
                : Optional.of(new Claim.Base(new Dot(authors.of(baseAuthor), row.getLong(9)), row.getLong(10)));
        return new Claim(Ids.uuid(row.getBytes(1)), row.getLong(6), DeviceId.of(row.getBytes(7)),
                new Stamp(hlc, row.getLong(3)), base);
    }

    /// The greatest epoch seen for a subject, 0 for none.
    long greatestEpoch(UUID subject) {
        return prepared.first("select coalesce(max(epoch), 0) from claim where subject = ?", row -> row.getLong(1),
                Ids.bytes(subject)).orElse(0L);
    }

    /// Has the stream stand on this claim, which wins. When it stood on another: the old stream is fenced; a holder
    /// of exactly the claimant's base holds the new stream at mark 0, anyone else keeps the rows and compares (S6).
    void standOn(Claim winner) {
        byte[] subject = Ids.bytes(winner.subject());
        long key = key(winner.subject(), winner.id());
        if (streams.of(winner.subject()).filter(row -> row.claimKey() == key).isPresent()) {
            return;
        }
        Optional<Standing> before = prepared.first("select claim, mark, received, lacking from stream where"
                + " subject = ?", row -> new Standing(row.getLong(1), row.getLong(2), row.getLong(3),
                row.getLong(4) != 0), subject);
        boolean mine = isOwn(winner);
        if (before.isEmpty()) {
            prepared.update("insert into stream (subject, claim, mark, received, asserted, floor, lacking)"
                    + " values (?, ?, ?, 0, 0, 0, ?)", subject, key, mine ? 0L : -1L, isLacking(winner) ? 1L : 0L);
        } else {
            Standing stream = before.get();
            boolean sameBase = winner.base().isPresent() && stream.mark >= 0 && stream.mark == stream.received
                    && of(stream.claim).id().equals(winner.base().get().claim())
                    && stream.mark == winner.base().get().mark();
            boolean held = mine || sameBase;
            prepared.update("delete from removal where claim = ?", stream.claim);
            prepared.update("update stream set claim = ?, mark = ?, received = 0, asserted = 0, floor = 0, root = null,"
                    + " signature = null, lacking = ? where subject = ?", key, held ? 0L : -1L,
                    !mine && (stream.lacking || isLacking(winner)) ? 1L : 0L, subject);
        }
        streams.changed();
    }

    /// Whether this device claimed it, does not remember that, and has nothing of it: it lost its library (ADR 248).
    private boolean isLacking(Claim winner) {
        return isOfThisDevice(winner) && !isOwn(winner) && !winner.subject().equals(self.get().subject())
                && !prepared.finds("select 1 from volume where id = ?", Ids.bytes(winner.subject()));
    }

    /// On which claim a stream stands, and how far it is held.
    private record Standing(long claim, long mark, long received, boolean lacking) {}

    /// The device that wrote under this name: it claimed the stream about itself so (R7).
    Optional<DeviceId> deviceOf(Author author) {
        return prepared.all("select subject, owner from claim where author = ? and epoch <> ?",
                row -> Map.entry(Ids.uuid(row.getBytes(1)), DeviceId.of(row.getBytes(2))), authors.key(author),
                EPOCH_UNKNOWN).stream()
                .filter(claim -> claim.getValue().subject().equals(claim.getKey())).map(Map.Entry::getValue)
                .findFirst();
    }

    /// Gives a claim that nobody else has seen another name, so that the rows standing on it need not be written
    /// again. What it says is filled in when the event of that name is applied.
    void rename(long key, Dot name) {
        sql.update(CLAIM).set(CLAIM.AUTHOR, authors.key(name.author())).set(CLAIM.SEQUENCE, name.sequence())
                .set(CLAIM.EPOCH, EPOCH_UNKNOWN).where(CLAIM.KEY.eq(key)).execute();
        forget();
    }

    /// Streams whose winning claim is this device's, without those of which it has to get a cut from others first.
    List<UUID> ownSubjects() {
        return prepared.all("select s.subject from stream s join claim c on c.key = s.claim where c.owner = ?"
                + " and (s.lacking = 0 or s.mark >= 0)", row -> Ids.uuid(row.getBytes(1)), self.get().bytes());
    }

    /// Whether this very incarnation claims: a copy of this library, which has the same key, counts sequences of its
    /// own (R7, S6).
    boolean isOwn(Claim claim) {
        return isOfThisDevice(claim) && claim.incarnation().equals(author.get());
    }

    /// Whether this device claims, or one that has its key.
    boolean isOfThisDevice(Claim claim) {
        return claim.owner().equals(self.get());
    }
}
