package app.holdfast.core.store;

import static app.holdfast.core.store.synclog.Tables.ACK;
import static app.holdfast.core.store.synclog.Tables.LOGGED_GROUP;
import static app.holdfast.core.store.synclog.Tables.ORIGIN;

import app.holdfast.core.api.Checkup.Code;
import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.api.Checkup.Repair;
import app.holdfast.core.api.Checkup.Severity;
import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
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
    static final int RULES = 2;

    /// Beyond this the oldest groups go, whoever still wants them (invariant 7: the file stays under 1 MB).
    static final long BYTES_MAX = 700_000;

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private static final Field<Long> SIZE = DSL.field("length({0})", Long.class, LOGGED_GROUP.BYTES);

    private final Connection connection;
    private final DSLContext sql;
    private long bytes;

    /// @param vector what the catalogue covers: rows beyond it were never committed there and go
    ChangeLog(Connection connection, Author author, long openCount, VersionVector vector) {
        this.connection = connection;
        this.sql = DSL.using(connection, SQLDialect.SQLITE);
        var origin = sql.selectFrom(ORIGIN).fetchOne();
        boolean ours = origin != null && Ids.uuid(origin.getAuthor()).equals(author.value())
                && origin.getOpenCount() == openCount - 1;
        if (!ours) {
            clear();
        }
        sql.deleteFrom(ORIGIN).execute();
        sql.insertInto(ORIGIN, ORIGIN.ONLY_ROW, ORIGIN.AUTHOR, ORIGIN.OPEN_COUNT)
                .values(1L, Ids.bytes(author.value()), openCount).execute();
        for (byte[] known : sql.selectDistinct(LOGGED_GROUP.AUTHOR).from(LOGGED_GROUP).fetch(LOGGED_GROUP.AUTHOR)) {
            sql.deleteFrom(LOGGED_GROUP).where(LOGGED_GROUP.AUTHOR.eq(known))
                    .and(LOGGED_GROUP.LAST.gt(vector.of(new Author(Ids.uuid(known))))).execute();
        }
        bytes = size();
    }

    /// The file's, for what else lies in it.
    Connection connection() {
        return connection;
    }

    /// The size of what is kept.
    public long bytes() {
        return bytes;
    }

    /// Events kept.
    public long changes() {
        Number count = sql.select(DSL.sum(LOGGED_GROUP.LAST.minus(LOGGED_GROUP.FIRST).plus(1))).from(LOGGED_GROUP)
                .fetchSingle().value1();
        return count == null ? 0 : count.longValue();
    }

    /// A group with its bytes, as made once by its author.
    record Logged(Group group, byte[] bytes) {}

    void append(List<Logged> groups) {
        try {
            sql.transaction(tx -> {
                for (Logged logged : groups) {
                    if (logged.bytes().length > ChangeCodec.GROUP_BYTES_MAX) {
                        continue; // not sent live: who counts finds it missing and compares (R6)
                    }
                    Group group = logged.group();
                    tx.dsl().insertInto(LOGGED_GROUP, LOGGED_GROUP.AUTHOR, LOGGED_GROUP.FIRST, LOGGED_GROUP.LAST,
                            LOGGED_GROUP.BYTES).values(Ids.bytes(group.author().value()), group.first(), group.last(),
                            logged.bytes()).onConflictDoNothing().execute();
                }
            });
            bytes += groups.stream().mapToLong(logged -> logged.bytes().length).sum();
            if (bytes > BYTES_MAX) {
                dropOldest();
            }
        } catch (DataAccessException e) {
            LOG.warn("the log could not be written; peers will compare instead cause={}", e.getMessage());
        }
    }

    private void dropOldest() {
        long excess = bytes - BYTES_MAX * 3 / 4;
        long last = 0;
        for (var row : sql.select(LOGGED_GROUP.ARRIVAL, SIZE).from(LOGGED_GROUP)
                .orderBy(LOGGED_GROUP.ARRIVAL)) {
            if (excess <= 0) {
                break;
            }
            last = row.value1();
            excess -= row.value2();
        }
        sql.deleteFrom(LOGGED_GROUP).where(LOGGED_GROUP.ARRIVAL.le(last)).execute();
        bytes = size();
    }

    /// Groups of these authors beyond what a peer covers, oldest arrival first.
    ///
    /// @param sent  what the peer covers or was sent
    /// @param mine  what this device covers
    /// @param limit events to return at most, except that a first group is never cut
    /// @return the groups' bytes; empty when the log lacks any of what is missing there, so the peer must reconcile
    /// (R4)
    public Optional<List<byte[]>> missing(VersionVector sent, VersionVector mine, int limit) {
        try {
            var found = new TreeMap<Long, byte[]>();
            long events = 0;
            for (Map.Entry<Author, Long> known : mine.sequences().entrySet()) {
                long from = sent.of(known.getKey());
                if (known.getValue() <= from) {
                    continue;
                }
                byte[] author = Ids.bytes(known.getKey().value());
                long count = 0;
                for (var row : sql.select(LOGGED_GROUP.ARRIVAL, LOGGED_GROUP.FIRST, LOGGED_GROUP.LAST)
                        .from(LOGGED_GROUP).where(LOGGED_GROUP.AUTHOR.eq(author)).and(LOGGED_GROUP.FIRST.gt(from))) {
                    count += row.value3() - row.value2() + 1;
                    found.put(row.value1(), new byte[0]);
                }
                if (count != known.getValue() - from) {
                    return Optional.empty();
                }
            }
            var groups = new ArrayList<byte[]>();
            for (long arrival : found.keySet()) {
                if (events >= limit) {
                    break;
                }
                var row = sql.select(LOGGED_GROUP.FIRST, LOGGED_GROUP.LAST, LOGGED_GROUP.BYTES).from(LOGGED_GROUP)
                        .where(LOGGED_GROUP.ARRIVAL.eq(arrival)).fetchSingle();
                events += row.value2() - row.value1() + 1;
                groups.add(row.value3());
            }
            return Optional.of(groups);
        } catch (DataAccessException e) {
            LOG.warn("the log could not be read; the peer will compare instead cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Notes what a peer has on its disk and lets go of what all members have.
    ///
    /// @param members every other device of the library; a device that is gone does not hold the log
    public void acknowledged(DeviceId peer, VersionVector covered, Collection<DeviceId> members) {
        try {
            covered.sequences().forEach((author, sequence) -> sql.insertInto(ACK, ACK.PEER, ACK.AUTHOR, ACK.SEQUENCE)
                    .values(peer.bytes(), Ids.bytes(author.value()), sequence).onConflict(ACK.PEER, ACK.AUTHOR)
                    .doUpdate().set(ACK.SEQUENCE, sequence).execute());
            prune(members);
        } catch (DataAccessException e) {
            LOG.warn("an acknowledgement was not noted cause={}", e.getMessage());
        }
    }

    private void prune(Collection<DeviceId> members) {
        for (byte[] author : sql.selectDistinct(LOGGED_GROUP.AUTHOR).from(LOGGED_GROUP).fetch(LOGGED_GROUP.AUTHOR)) {
            long everywhere = Long.MAX_VALUE;
            for (DeviceId member : members) {
                Long acked = sql.select(ACK.SEQUENCE).from(ACK).where(ACK.PEER.eq(member.bytes()))
                        .and(ACK.AUTHOR.eq(author)).fetchOne(ACK.SEQUENCE);
                everywhere = Math.min(everywhere, acked == null ? 0 : acked);
            }
            if (!members.isEmpty()) {
                sql.deleteFrom(LOGGED_GROUP).where(LOGGED_GROUP.AUTHOR.eq(author))
                        .and(LOGGED_GROUP.LAST.le(everywhere)).execute();
            }
        }
        bytes = size();
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
            return findings;
        } catch (DataAccessException e) {
            return List.of(new Finding(Code.LOG_DAMAGED, 1, Severity.WARNING, Repair.DROP_LOG,
                    String.valueOf(e.getMessage())));
        }
    }

    /// Forgets all: the author changed, or the library.
    public void clear() {
        sql.deleteFrom(LOGGED_GROUP).execute();
        sql.deleteFrom(ACK).execute();
        bytes = 0;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private long size() {
        Number sum = sql.select(DSL.sum(SIZE)).from(LOGGED_GROUP).fetchSingle().value1();
        return sum == null ? 0 : sum.longValue();
    }
}
