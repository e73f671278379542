package app.holdfast.core.store;

import static app.holdfast.core.store.synclog.Tables.SYNC_EVENT;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.synclog.tables.records.SyncEventRecord;
import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happened, beside the log of changes in `sync.db`. May be lost with it at any time; no failure here ever fails
/// anything.
///
/// Confined to the writer.
public final class EventLog {

    /// Kept at most; the oldest go.
    public static final int EVENTS_MAX = 1_000;
    /// What their details may add up to: with the log of changes beside it, the file stays under a megabyte.
    static final long BYTES_MAX = 60_000;
    /// Details are for people: a longer one is cut.
    private static final int DETAIL_CHARACTERS_MAX = 200;

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final Field<Long> SIZE = DSL.field("length({0})", Long.class, SYNC_EVENT.PARAMETERS);

    private final DSLContext sql;

    EventLog(Connection connection) {
        this.sql = DSL.using(connection, SQLDialect.SQLITE);
    }

    /// All that is kept, oldest first. A row that this version does not understand is left out.
    public List<SyncEvent> all() {
        try {
            return sql.selectFrom(SYNC_EVENT).orderBy(SYNC_EVENT.ID).fetch().stream()
                    .flatMap(row -> event(row).stream()).toList();
        } catch (DataAccessException e) {
            LOG.warn("the events of before cannot be read cause={}", e.getMessage());
            return List.of();
        }
    }

    private static Optional<SyncEvent> event(SyncEventRecord row) {
        Optional<SyncEvent.Kind> kind = constant(SyncEvent.Kind.values(), row.getKind());
        Optional<SyncEvent.Level> level = constant(SyncEvent.Level.values(), row.getLevel());
        return kind.isEmpty() || level.isEmpty() ? Optional.empty()
                : Optional.of(new SyncEvent(row.getId(), Instant.ofEpochMilli(row.getTime()), level.get(), kind.get(),
                        Optional.ofNullable(row.getPeer()).map(DeviceId::of), row.getTalk(),
                        details(row.getParameters())));
    }

    public void append(List<SyncEvent> events) {
        try {
            sql.transaction(tx -> {
                for (SyncEvent event : events) {
                    var row = tx.dsl().newRecord(SYNC_EVENT);
                    row.setId(event.id());
                    row.setTime(event.time().toEpochMilli());
                    row.setLevel(event.level().name());
                    row.setKind(event.kind().name());
                    row.setPeer(event.device().map(DeviceId::bytes).orElse(null));
                    row.setTalk(event.conversation());
                    row.setParameters(text(event.details()));
                    tx.dsl().insertInto(SYNC_EVENT).set(row).onConflictDoNothing().execute();
                }
                trim(tx.dsl());
            });
        } catch (DataAccessException e) {
            LOG.warn("events could not be noted cause={}", e.getMessage());
        }
    }

    private static void trim(DSLContext sql) {
        long rows = 0;
        long bytes = 0;
        for (var row : sql.select(SYNC_EVENT.ID, SIZE).from(SYNC_EVENT).orderBy(SYNC_EVENT.ID.desc())) {
            rows++;
            bytes += row.value2();
            if (rows > EVENTS_MAX || bytes > BYTES_MAX) {
                sql.deleteFrom(SYNC_EVENT).where(SYNC_EVENT.ID.le(row.value1())).execute();
                return;
            }
        }
    }

    private static <T extends Enum<T>> Optional<T> constant(T[] all, String name) {
        for (T each : all) {
            if (each.name().equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /// One `name=value` a line; what would break a line is a blank.
    static String text(Map<String, String> details) {
        return details.entrySet().stream().map(detail -> detail.getKey() + "=" + oneLine(detail.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String oneLine(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= DETAIL_CHARACTERS_MAX ? line : line.substring(0, DETAIL_CHARACTERS_MAX) + "…";
    }

    static Map<String, String> details(String text) {
        var details = new LinkedHashMap<String, String>();
        for (String line : text.lines().toList()) {
            int at = line.indexOf('=');
            if (at > 0) {
                details.put(line.substring(0, at), line.substring(at + 1));
            }
        }
        return details;
    }
}
