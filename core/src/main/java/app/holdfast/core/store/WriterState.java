package app.holdfast.core.store;

import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.clock.HybridClock;
import app.holdfast.core.clock.TimeOrderedIds;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What the writer keeps from job to job: its connection, who it is, its clock. Confined to the writer's thread.
public final class WriterState {

    private final Connection connection;
    private final DSLContext sql;
    private final Authors authors;
    private final TimeSource time;
    private final Signing signing;
    private final TimeOrderedIds ids;
    private final EntryMerge entries;
    private final Prepared prepared;
    private final LiveDots dots;
    private final ModelRegistry models;
    private final StageState stage;
    private final BackfillState backfill;
    private final ForkTable forks;
    private final Claims claims;
    private final Scope scope;
    private DeviceId device;
    private LibraryId library;
    private Author author;
    private HybridClock clock;
    private long openCount;
    private @Nullable Map<Conflicts.Key, Long> knownConflicts;
    private @Nullable SequenceNote written;

    WriterState(Connection connection, Surroundings around) {
        this.connection = connection;
        this.sql = DSL.using(connection, SQLDialect.SQLITE);
        this.prepared = new Prepared(connection);
        this.authors = new Authors(prepared);
        this.dots = new LiveDots(prepared, authors);
        this.models = around.models();
        this.stage = new StageState(prepared);
        this.backfill = new BackfillState(prepared);
        this.forks = new ForkTable(prepared, authors);
        this.claims = new Claims(sql, prepared, authors, this::device, this::author);
        this.scope = new Scope(sql, prepared);
        this.time = around.time();
        this.signing = around.signing();
        this.ids = new TimeOrderedIds(around.time(), around.random());
        this.entries = new EntryMerge(connection, ids);
        this.device = DeviceId.of(new byte[DeviceId.BYTES]);
        this.library = new LibraryId(new UUID(0, 0));
        this.author = new Author(new UUID(0, 0));
        this.clock = new HybridClock(time, author, new Hlc(0, 0, author));
        reload();
    }

    /// Reads who we are from the catalogue: at the start, after a new incarnation was minted, after a failed job.
    void reload() {
        authors.forget();
        dots.forget();
        stage.forget();
        backfill.forget();
        forks.forget();
        knownConflicts = null;
        forgetStreams();
        record Self(byte[] device, byte[] library, long author, long openCount, long clockMillis, int clockCounter) {}

        var found = prepared.first("select device, library, author, open_count, clock_millis, clock_counter from self",
                row -> new Self(row.getBytes(1), row.getBytes(2), row.getLong(3), row.getLong(4), row.getLong(5),
                        row.getInt(6)));
        if (found.isEmpty()) {
            return;
        }
        Self self = found.get();
        device = DeviceId.of(self.device);
        library = new LibraryId(Ids.uuid(self.library));
        author = authors.of(self.author);
        openCount = self.openCount;
        Hlc stored = new Hlc(self.clockMillis, self.clockCounter, author);
        clock = new HybridClock(time, author, stored.compareTo(clock.last()) > 0 ? stored : clock.last());
    }

    /// What the one running reconciliation has come to.
    StageState stage() {
        return stage;
    }

    /// Whether this device has never had all of the library.
    BackfillState backfill() {
        return backfill;
    }

    /// Names that were given twice.
    ForkTable forks() {
        return forks;
    }

    /// The table of conflicts, read when first needed; there are few.
    Map<Conflicts.Key, Long> knownConflicts() {
        Map<Conflicts.Key, Long> known = knownConflicts;
        if (known == null) {
            known = Conflicts.read(prepared);
            knownConflicts = known;
        }
        return known;
    }

    /// The table was changed by another hand.
    void forgetConflicts() {
        knownConflicts = null;
    }

    /// Takes the clock as it is stored, though it was further: its stamps were repaired (R8).
    void setBack() {
        clock = new HybridClock(time, author, new Hlc(0, 0, author));
        reload();
    }

    /// What was read of streams may have been undone.
    void forgetStreams() {
        authors.forget();
        claims.forget();
        scope.forget();
    }

    Claims claims() {
        return claims;
    }

    Scope scope() {
        return scope;
    }

    /// Has it noted outside the library, from now on, how much this device writes (R7).
    SequenceNote noteWritten(Path path) {
        SequenceNote note = SequenceNote.open(path, author, dots.covered(author));
        written = note;
        return note;
    }

    /// To be called before each commit.
    void noteWritten() {
        if (written != null) {
            written.raise(author, dots.covered(author));
        }
    }

    public DeviceId device() {
        return device;
    }

    public LibraryId library() {
        return library;
    }

    public Author author() {
        return author;
    }

    public TimeSource time() {
        return time;
    }

    /// The kinds of records that this run knows.
    public ModelRegistry models() {
        return models;
    }

    Signing signing() {
        return signing;
    }

    long openCount() {
        return openCount;
    }

    HybridClock clock() {
        return clock;
    }

    TimeOrderedIds ids() {
        return ids;
    }

    EntryMerge entries() {
        return entries;
    }

    Connection connection() {
        return connection;
    }

    DSLContext sql() {
        return sql;
    }

    Prepared prepared() {
        return prepared;
    }

    LiveDots dots() {
        return dots;
    }

    Authors authors() {
        return authors;
    }
}
