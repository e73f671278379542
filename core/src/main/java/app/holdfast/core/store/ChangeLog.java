package app.holdfast.core.store;

import static app.holdfast.core.store.synclog.Tables.LOGGED_GROUP;

import app.holdfast.core.api.Checkup.Code;
import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.api.Checkup.Repair;
import app.holdfast.core.api.Checkup.Severity;
import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The groups that peers may still want, in the order in which they came (`sync.db`). A fast path: any row may be
/// missing at any time, so every answer is checked by counting (R4), and no failure here ever fails a change.
///
/// Confined to the writer, called after the catalogue has committed.
public final class ChangeLog implements AutoCloseable {

    /// Rules that [#check] checks.
    static final int RULES = 3;

    /// Beyond this the oldest groups go, whoever still wants them (invariant 7: with its write-ahead log, the events
    /// and the acknowledgements the file stays under 1 MB).
    static final long BYTES_MAX = 500_000;
    /// So much is left when the oldest go.
    private static final long KEPT_AT_ONCE_MAX = BYTES_MAX * 3 / 4;
    /// Larger groups are not kept: one transaction would have to hold them in the file and in its write-ahead log.
    private static final int KEPT_BYTES_MAX = 100_000;
    /// What one transaction may add, so that the write-ahead log is emptied in between.
    private static final int CHUNK_BYTES_MAX = 32_000;
    /// Pages of 4 KiB that the file may have at all. What does not fit any more is not kept: peers compare instead.
    private static final String FEW_PAGES = "pragma max_page_count = 190";
    /// The file's write-ahead log is emptied at so many pages and cut back to so many bytes.
    private static final String SMALL_WAL = "pragma wal_autocheckpoint = 32";
    private static final String CUT_WAL = "pragma journal_size_limit = 131072";

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private final Connection connection;
    private final DSLContext sql;
    private final Prepared prepared;
    private final LogIndex index = new LogIndex();
    private final Acknowledgements acks = new Acknowledgements();

    /// @param vector what the catalogue covers: rows beyond it were never committed there and go
    ChangeLog(Connection connection, Author author, long openCount, VersionVector vector) {
        this.connection = connection;
        this.sql = DSL.using(connection, SQLDialect.SQLITE);
        this.prepared = new Prepared(connection);
        for (String limit : List.of(SMALL_WAL, CUT_WAL, FEW_PAGES)) {
            prepared.first(limit, row -> row.getLong(1));
        }
        boolean ours = prepared.finds("select 1 from origin where author = ? and open_count = ?",
                Ids.bytes(author.value()), openCount - 1);
        if (!ours) {
            clear();
        }
        prepared.update("delete from origin");
        prepared.update("insert into origin (only_row, author, open_count) values (1, ?, ?)",
                Ids.bytes(author.value()), openCount);
        for (byte[] known : prepared.all("select distinct author from logged_group", row -> row.getBytes(1))) {
            prepared.update("delete from logged_group where author = ? and last > ?", known,
                    vector.of(new Author(Ids.uuid(known))));
        }
        prepared.all("select arrival, author, first, last, length(bytes) from logged_group",
                row -> new LogIndex.Row(row.getLong(1), new Author(Ids.uuid(row.getBytes(2))), row.getLong(3),
                        row.getLong(4), row.getLong(5))).forEach(index::add);
        prepared.all("select peer, author, sequence from ack", row -> acks.raise(DeviceId.of(row.getBytes(1)),
                new Author(Ids.uuid(row.getBytes(2))), row.getLong(3)));
    }

    /// The file's, for what else lies in it.
    Connection connection() {
        return connection;
    }

    /// About what the kept groups take in the file.
    public long bytes() {
        return index.bytes();
    }

    /// Events kept.
    public long changes() {
        return index.events();
    }

    /// Of more than fits the last ones are kept.
    void append(List<EncodedGroup> groups) {
        try {
            int from = firstThatFits(groups);
            while (from < groups.size()) {
                int to = from;
                int bytes = 0;
                do {
                    bytes += groups.get(to++).bytes().length;
                } while (to < groups.size() && bytes + groups.get(to).bytes().length <= CHUNK_BYTES_MAX);
                appendChunk(groups.subList(from, to));
                from = to;
            }
        } catch (DataAccessException e) {
            LOG.warn("the log could not be written; peers will compare instead cause={}", e.getMessage());
        }
    }

    private static int firstThatFits(List<EncodedGroup> groups) {
        long bytes = 0;
        boolean fits = groups.stream().mapToLong(group -> LogIndex.ROW_BYTES + group.bytes().length).sum() <= BYTES_MAX;
        for (int i = groups.size() - 1; i >= 0 && !fits; i--) {
            int its = groups.get(i).bytes().length;
            bytes += its <= KEPT_BYTES_MAX ? its : 0;
            if (bytes > KEPT_AT_ONCE_MAX) {
                return i + 1;
            }
        }
        return 0;
    }

    private void appendChunk(List<EncodedGroup> groups) {
        var added = new ArrayList<LogIndex.Row>();
        atOnce(() -> {
            for (EncodedGroup group : groups) {
                if (group.bytes().length <= KEPT_BYTES_MAX && !index.holds(group.author(), group.first())) {
                    added.add(insert(group));
                } // else not sent live: who counts finds it missing and compares (R6)
            }
        });
        added.forEach(index::add);
        if (index.bytes() > BYTES_MAX) {
            List<LogIndex.Row> oldest = index.dropOldest(KEPT_AT_ONCE_MAX);
            atOnce(() -> remove(oldest));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /// All of it or nothing.
    private void atOnce(Work work) {
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DataAccessException("writing the log", e);
        }
    }

    private LogIndex.Row insert(EncodedGroup group) throws SQLException {
        PreparedStatement insert = prepared.statement("insert into logged_group (author, first, last, bytes)"
                + " values (?, ?, ?, ?) returning arrival");
        insert.setBytes(1, Ids.bytes(group.author().value()));
        insert.setLong(2, group.first());
        insert.setLong(3, group.last());
        insert.setBytes(4, group.bytes());
        try (ResultSet row = insert.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("no row for a group");
            }
            return new LogIndex.Row(row.getLong(1), group.author(), group.first(), group.last(),
                    group.bytes().length);
        }
    }

    private void remove(Collection<LogIndex.Row> rows) {
        rows.forEach(row -> prepared.update("delete from logged_group where arrival = ?", row.arrival()));
    }

    /// Groups beyond what a peer covers, oldest arrival first.
    ///
    /// @param sent      what the peer covers or was sent
    /// @param mine      what this device covers
    /// @param eventsMax events to return at most, except that a first group is never cut
    /// @return empty when the log lacks any of what is missing there, so the peer must reconcile (R4)
    public Optional<List<EncodedGroup>> missing(VersionVector sent, VersionVector mine, int eventsMax) {
        Optional<List<LogIndex.Row>> rows = index.missing(sent, mine);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        try {
            var groups = new ArrayList<EncodedGroup>();
            long events = 0;
            long bytes = 0;
            for (LogIndex.Row row : rows.get()) {
                bytes += row.bytes();
                if (!groups.isEmpty() && (events >= eventsMax || bytes > ChangeCodec.GROUP_BYTES_MAX)) {
                    break;
                }
                Optional<byte[]> stored = bytesOf(row);
                if (stored.isEmpty()) {
                    return Optional.empty();
                }
                events += row.events();
                groups.add(EncodedGroup.logged(row.author(), row.first(), row.last(), stored.get()));
            }
            return Optional.of(groups);
        } catch (SQLException e) {
            LOG.warn("the log could not be read; the peer will compare instead cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<byte[]> bytesOf(LogIndex.Row row) throws SQLException {
        PreparedStatement select = prepared.statement("select bytes from logged_group where arrival = ?");
        select.setLong(1, row.arrival());
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
        }
    }

    /// The group that holds an event; empty when it is not here, or damaged.
    Optional<EncodedGroup> holding(Dot event) {
        try {
            Optional<byte[]> bytes = prepared.first("select bytes from logged_group where author = ? and first <= ?"
                    + " and last >= ?", row -> row.getBytes(1), Ids.bytes(event.author().value()), event.sequence(),
                    event.sequence());
            Optional<EncodedGroup> group = bytes.isEmpty() ? Optional.empty()
                    : Optional.of(EncodedGroup.read(bytes.get()));
            return group.filter(read -> read.author().equals(event.author()) && read.first() <= event.sequence()
                    && read.last() >= event.sequence());
        } catch (DataAccessException | MalformedChange e) {
            LOG.warn("the log could not be read cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Notes what a peer has on its disk and lets go of what all members have.
    ///
    /// @param mayLack the members that may lack something of an author: every other device of the library but its own;
    ///                a device that is gone does not hold the log
    public void acknowledged(DeviceId peer, VersionVector covered,
            Function<Author, ? extends Collection<DeviceId>> mayLack) {
        try {
            atOnce(() -> {
                covered.sequences().forEach((author, sequence) -> {
                    if (acks.raise(peer, author, sequence)) {
                        prepared.update("insert into ack (peer, author, sequence) values (?, ?, ?)"
                                + " on conflict (peer, author) do update set sequence = excluded.sequence",
                                peer.bytes(), Ids.bytes(author.value()), sequence);
                    }
                });
                remove(index.dropCovered(author -> acks.byAll(author, mayLack.apply(author))));
            });
        } catch (DataAccessException e) {
            LOG.warn("an acknowledgement was not noted cause={}", e.getMessage());
        }
    }

    /// Up to where all of these have said that they have an author's changes.
    long acknowledgedByAll(Author author, Collection<DeviceId> members) {
        return acks.byAll(author, members);
    }

    /// Up to where a peer has said that it has an author's changes.
    public long acknowledgedBy(DeviceId peer, Author author) {
        return acks.of(peer, author);
    }

    /// Lets go of all groups: stamps in them were repaired and must not reach anyone any more (R8), or they are
    /// damaged. What the others have acknowledged is kept.
    ///
    /// @return false when the file does not allow it
    public boolean forgetGroups() {
        try {
            sql.deleteFrom(LOGGED_GROUP).execute();
            index.clear();
            return true;
        } catch (DataAccessException e) {
            LOG.warn("the log could not be emptied cause={}", e.getMessage());
            return false;
        }
    }

    /// What is wrong with the file, and with what it holds.
    ///
    /// @param vector what the catalogue covers
    public List<Finding> check(VersionVector vector) {
        try {
            List<Finding> findings = new ArrayList<>();
            List<String> answers = sql.fetch("pragma integrity_check").map(row -> String.valueOf(row.get(0)));
            if (!answers.equals(List.of("ok"))) {
                findings.add(new Finding(Code.LOG_DAMAGED, answers.size(), Severity.WARNING, Repair.DROP_LOG,
                        answers.getFirst()));
            }
            long beyond = sql.select(LOGGED_GROUP.AUTHOR, LOGGED_GROUP.LAST).from(LOGGED_GROUP).stream()
                    .filter(row -> row.value2() > vector.of(new Author(Ids.uuid(row.value1())))).count();
            if (beyond > 0) {
                findings.add(new Finding(Code.LOG_BEYOND_VECTOR, beyond, Severity.WARNING, Repair.DROP_LOG, ""));
            }
            long damaged = prepared.all("select bytes from logged_group", row -> row.getBytes(1)).stream()
                    .filter(bytes -> !isReadable(bytes)).count();
            if (damaged > 0) {
                findings.add(new Finding(Code.LOG_DAMAGED, damaged, Severity.WARNING, Repair.DROP_LOG, ""));
            }
            return findings;
        } catch (DataAccessException e) {
            return List.of(new Finding(Code.LOG_DAMAGED, 1, Severity.WARNING, Repair.DROP_LOG,
                    String.valueOf(e.getMessage())));
        }
    }

    private static boolean isReadable(byte[] group) {
        try {
            EncodedGroup.read(group);
            return true;
        } catch (MalformedChange e) {
            return false;
        }
    }

    /// Forgets all: the author changed, or the library.
    public void clear() {
        prepared.update("delete from logged_group");
        prepared.update("delete from ack");
        index.clear();
        acks.clear();
    }

    @Override
    public void close() throws SQLException {
        prepared.close();
        connection.close();
    }
}
