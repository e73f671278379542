package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.SELF;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.clock.TimeOrderedIds;
import app.holdfast.core.model.DeviceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/// What one job may do to the library. Confined to the writer's thread, dead when the job ends.
public final class Transaction {

    private final WriterState state;
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
    private final Map<UUID, StreamPen> pens = new LinkedHashMap<>();
    private final Claims claims;
    private final Conflicts conflicts = new Conflicts(this);
    private final LiveDots dots;
    private final MergedViews views;
    private final SharedRecords shared;
    private final OwnedStreams streams;
    private boolean forgetsLog;

    Transaction(WriterState state) {
        this.state = state;
        this.claims = state.claims();
        this.dots = state.dots();
        this.views = new MergedViews(state, claims, conflicts, topics);
        this.shared = new SharedRecords(dots, views, state);
        this.streams = new OwnedStreams(this, claims);
    }

    /// Who writes: this device, its incarnation, its library.
    public WriterState state() {
        return state;
    }

    /// Shared records: tags, assignments, members, claims.
    public SharedRecords shared() {
        return shared;
    }

    /// Names that this device has given twice.
    public Forks forks() {
        return new Forks(this);
    }

    /// What a running reconciliation has brought so far.
    public Staging staging() {
        return new Staging(this);
    }

    /// Whether this device has joined and has never had all.
    public BackfillState backfill() {
        return state.backfill();
    }

    /// Live dots whose content was damaged.
    public LostDots lost() {
        return new LostDots(this);
    }

    /// Streams of owned rows, own and followed.
    public OwnedStreams streams() {
        return streams;
    }

    /// Entries of locations that this device scans.
    public EntryMerge entries() {
        return state.entries();
    }

    /// What files have in them.
    public ContentRows contents() {
        return new ContentRows(this);
    }

    /// What was noted about entries that have gone.
    public LeftEntries left() {
        return new LeftEntries(this);
    }

    /// Tags and assignments.
    public TagRecords tags() {
        return new TagRecords(this);
    }

    /// Records of any shared model.
    public Records records() {
        return new Records(this);
    }

    /// Collections and what lies in them.
    public CollectionQueries collections() {
        return new CollectionQueries(sql());
    }

    /// Drives and folders of this device, and what it alone knows.
    public OwnRecords own() {
        return new OwnRecords(this);
    }

    /// Files with vaults in them.
    public VaultFiles vaults() {
        return new VaultFiles(sql());
    }

    /// What is said of volumes.
    public VolumeRecords volumes() {
        return new VolumeRecords(this);
    }

    /// The devices that belong.
    public Members members() {
        return new Members(this);
    }

    /// Values that lost against one that had not seen them.
    public Conflicts conflicts() {
        return conflicts;
    }

    /// Checks and mends.
    public Doctoring doctoring() {
        return new Doctoring(this);
    }

    /// What names are searched in.
    public SearchIndex search() {
        return new SearchIndex(this);
    }

    /// Ids for new things.
    public TimeOrderedIds ids() {
        return state.ids();
    }

    /// What may have changed, for the announcement.
    public void touch(Topic first, Topic... more) {
        topics.add(first);
        Collections.addAll(topics, more);
    }

    /// A pen for a stream that this device owns. One that a copy of this library has claimed meanwhile is claimed anew:
    /// by whoever writes or scans, and only then, so that two copies do not go on claiming against each other (S6).
    ///
    /// @throws IllegalStateException when it does not own it; whoever writes owned rows has looked before
    public StreamPen pen(UUID subject) {
        return pens.computeIfAbsent(subject, this::takePen);
    }

    private StreamPen takePen(UUID subject) {
        if (streams.isLacking(subject)) {
            throw new IllegalStateException("not all that others have of stream " + subject + " is here yet");
        }
        if (streams.isOfThisDevice(subject) && !streams.holding(subject).map(OwnedStreams.Holding::own).orElse(false)) {
            streams.claimAnew(subject);
            if (subject.equals(state.device().subject())) {
                streams.assertComplete(subject);
            }
        }
        StreamTable.Row row = claims.streams().of(subject)
                .orElseThrow(() -> new IllegalStateException("nobody has claimed " + subject));
        if (!row.holding().own()) {
            throw new IllegalStateException("stream " + subject + " is " + row.holding().claim().owner()
                    + "'s, not ours");
        }
        return new StreamPen(this, subject, row.claimKey(), row.holding().mark());
    }

    /// Mints a new incarnation of this device and claims its streams anew: someone has seen events of the present one
    /// that are not here, so this library was restored from an older copy (R7).
    public void renewIncarnation() {
        Author fresh = new Author(ids().next());
        sql().update(SELF).set(SELF.AUTHOR, authors().key(fresh)).execute();
        state.reload();
        reclaimStreams();
    }

    void reclaimStreams() {
        claims.ownSubjects().forEach(streams::claimAnew);
        streams.assertComplete(state.device().subject());
    }

    /// Whether this device stamps what it writes so far ahead of the wall clock that nobody takes it (R8).
    public boolean isClockAhead() {
        return ClockRepair.isNeeded(state);
    }

    /// Writes everything afresh that is stamped too far ahead of the wall clock, which has to be right now (R8).
    ///
    /// @return how many records that were
    public int repairClock() {
        return new ClockRepair(this).repair();
    }

    /// Has the log let go of everything once this job has committed: peers compare instead.
    void forgetLog() {
        forgetsLog = true;
    }

    boolean forgetsLog() {
        return forgetsLog;
    }

    /// The device that writes, or wrote, under this name; empty when it is not known any more.
    public Optional<DeviceId> deviceOf(Author author) {
        return claims.deviceOf(author);
    }

    /// Every other device that belongs to the library.
    public List<DeviceId> otherMembers() {
        return members().all().stream().filter(id -> !id.equals(state.device())).toList();
    }

    /// Every other device that may lack something that was written under a name: all but the one whose name it is.
    public List<DeviceId> mayLack(Author author) {
        Optional<DeviceId> its = deviceOf(author);
        return otherMembers().stream().filter(member -> !its.equals(Optional.of(member))).toList();
    }

    /// Does something that may turn out wrong, all of it or nothing. Not for writing shared records or own rows.
    ///
    /// @param work says whether it is to stand
    boolean attempt(BooleanSupplier work) {
        try {
            Savepoint before = connection().setSavepoint();
            boolean stands = work.getAsBoolean();
            if (!stands) {
                connection().rollback(before);
                state.forgetStreams();
            }
            connection().releaseSavepoint(before);
            return stands;
        } catch (SQLException e) {
            throw new DataAccessException("a part of a job", e);
        }
    }

    DSLContext sql() {
        return state.sql();
    }

    Connection connection() {
        return state.connection();
    }

    Authors authors() {
        return state.authors();
    }

    LiveDots dots() {
        return dots;
    }

    MergedViews views() {
        return views;
    }

    Claims claims() {
        return claims;
    }

    Set<Topic> topics() {
        return topics;
    }

    List<EncodedGroup> toLog() {
        return shared.toLog();
    }

    /// Writes down what was held back until the end of the job.
    void finish() {
        shared.finish();
        if (!pens.isEmpty()) {
            touch(Topic.SYNC);
            pens.values().forEach(StreamPen::finish);
        }
        if (shared.anyChanged()) {
            touch(Topic.SYNC);
            Hlc now = state.clock().last();
            state.prepared().update("update self set clock_millis = ?, clock_counter = ?", now.millis(),
                    (long) now.counter());
        }
    }
}
