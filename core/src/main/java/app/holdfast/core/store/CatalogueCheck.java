package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.AUTHOR;
import static app.holdfast.core.store.catalogue.Tables.SHARED_DOT;

import app.holdfast.core.api.Checkup.Code;
import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.api.Checkup.Repair;
import app.holdfast.core.api.Checkup.Severity;
import app.holdfast.core.change.Dot;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.HybridClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/// Checks what can be checked of the catalogue by reading it alone. Each rule counts the rows that break it and names
/// one. Lives for one question, on its reader thread; reads everything.
final class CatalogueCheck {

    /// Rules of this class.
    static final int RULES = 13;

    private static final String OWNED = """
            (select id, claim, sequence, 'device' model from device union all
             select id, claim, sequence, 'volume' from volume union all
             select id, claim, sequence, 'location' from location union all
             select id, claim, sequence, 'entry' from entry where claim is not null union all
             select id, claim, sequence, model from other_row)""";

    private final DSLContext sql;
    private final List<Finding> findings = new ArrayList<>();

    CatalogueCheck(DSLContext sql) {
        this.sql = sql;
    }

    List<Finding> findings(long nowMillis) {
        fileIsWhole();
        nothingDangles();
        snapshotsAreWhole();
        rule(Code.SNAPSHOT_LACKING, Severity.ERROR, Repair.FETCH_AGAIN,
                "select model || ' ' || hex(record), count(*) over () from shared_dot where sum < 0 limit 1");
        rule(Code.DOT_BEYOND_VECTOR, Severity.ERROR, Repair.FETCH_AGAIN, """
                select hex(d.record), count(*) over () from shared_dot d left join vector v on v.author = d.author
                where d.sequence > coalesce(v.sequence, 0) and d.author <> (select author from self) limit 1""");
        rule(Code.OWN_SEQUENCE_BEHIND, Severity.ERROR, Repair.REBUILD, """
                select hex(d.record), count(*) over () from shared_dot d left join vector v on v.author = d.author
                where d.sequence > coalesce(v.sequence, 0) and d.author = (select author from self) limit 1""");
        rule(Code.ROW_BEYOND_STREAM, Severity.ERROR, Repair.FETCH_AGAIN, """
                select o.model || ' ' || hex(o.id), count(*) over () from %s o join stream s on s.claim = o.claim
                where s.mark >= 0 and o.sequence > max(s.mark, s.received) limit 1""".formatted(OWNED));
        rule(Code.STREAM_ON_LOST_CLAIM, Severity.ERROR, Repair.REBUILD, """
                select hex(s.subject), count(*) over () from stream s join claim c on c.key = s.claim
                where exists (select 1 from claim w where w.subject = s.subject and w.epoch > c.epoch) limit 1""");
        rule(Code.ENTRY_WITHOUT_FOLDER, Severity.ERROR, Repair.FETCH_AGAIN, """
                select hex(e.id), count(*) over () from entry e left join entry p on p.key = e.parent
                where e.parent is not null and (p.key is null or p.location <> e.location) limit 1""");
        rule(Code.ENTRY_CYCLE, Severity.ERROR, Repair.FETCH_AGAIN, """
                with recursive reached(key) as (select key from entry where parent is null
                union all select e.key from reached r join entry e on e.parent = r.key)
                select hex(e.id), count(*) over () from entry e
                where e.parent is not null and exists (select 1 from entry p where p.key = e.parent)
                and e.key not in (select key from reached) limit 1""");
        rule(Code.ROW_DAMAGED, Severity.ERROR, Repair.FETCH_AGAIN, """
                select hex(id), count(*) over () from entry where claim is not null and (length(id) is not 16
                or length(name) = 0 or typeof(name) <> 'text' or typeof(size) <> 'integer' or size < 0
                or typeof(modified) <> 'integer' or typeof(kind) <> 'integer') limit 1""");
        rule(Code.CLOCK_AHEAD, Severity.WARNING, Repair.REBUILD, "select clock_millis - %d || ' ms', 1 from self where "
                .formatted(nowMillis) + "clock_millis > " + (nowMillis + HybridClock.DRIFT_MILLIS_MAX));
        searchFinds(nowMillis);
        return List.copyOf(findings);
    }

    /// The search index is looked into first: on a connection that looked into it before it was last merged, the check
    /// alone goes by what was there then, and finds pages lacking.
    private void fileIsWhole() {
        List<String> answers = new ArrayList<>();
        try {
            sql.fetch("select rowid from entry_fts where entry_fts match '\"a\" *' and rowid < 0");
        } catch (DataAccessException e) {
            answers.add(String.valueOf(e.getMessage()));
        }
        answers.addAll(sql.fetch("pragma integrity_check").map(row -> String.valueOf(row.get(0))));
        if (!answers.equals(List.of("ok"))) {
            add(Code.CATALOGUE_DAMAGED, answers.size(), Repair.REBUILD, answers.getFirst());
        }
    }

    private void nothingDangles() {
        var rows = sql.fetch("pragma foreign_key_check");
        if (!rows.isEmpty()) {
            add(Code.DANGLING_REFERENCE, rows.size(), Repair.FETCH_AGAIN,
                    rows.getFirst().get(0) + " to " + rows.getFirst().get(2));
        }
    }

    private void snapshotsAreWhole() {
        long damaged = 0;
        String example = "";
        try (var cursor = sql.select(AUTHOR.ID, SHARED_DOT.SEQUENCE, SHARED_DOT.MODEL, SHARED_DOT.RECORD,
                SHARED_DOT.SNAPSHOT, SHARED_DOT.SUM).from(SHARED_DOT).join(AUTHOR).on(AUTHOR.KEY.eq(SHARED_DOT.AUTHOR))
                .where(SHARED_DOT.SUM.ge(0L)).fetchLazy()) {
            for (var row : cursor) {
                UUID record = Ids.uuid(row.value4());
                Dot dot = new Dot(new Author(Ids.uuid(row.value1())), row.value2());
                if (!LostDots.isWhole(dot, row.value3(), record, row.value5(), row.value6())) {
                    damaged++;
                    example = row.value3() + " " + record;
                }
            }
        }
        if (damaged > 0) {
            add(Code.SNAPSHOT_DAMAGED, damaged, Repair.FETCH_AGAIN, example);
        }
    }

    private void searchFinds(long nowMillis) {
        try {
            new SearchCheck(sql, nowMillis).finding().ifPresent(findings::add);
        } catch (DataAccessException e) {
            add(Code.CATALOGUE_DAMAGED, 1, Repair.REBUILD, String.valueOf(e.getMessage()));
        }
    }

    /// @param query gives an example and how many there are, or nothing
    private void rule(Code code, Severity severity, Repair repair, String query) {
        try {
            var row = sql.resultQuery(query).fetchOne();
            if (row != null) {
                findings.add(new Finding(code, ((Number) Objects.requireNonNull(row.get(1))).longValue(), severity,
                        repair, String.valueOf(row.get(0))));
            }
        } catch (DataAccessException e) {
            add(Code.CATALOGUE_DAMAGED, 1, Repair.NONE, String.valueOf(e.getMessage()));
        }
    }

    private void add(Code code, long count, Repair repair, String example) {
        findings.add(new Finding(code, count, Severity.ERROR, repair, example));
    }
}
