package app.holdfast.core.store;

import app.holdfast.core.api.Checkup.Code;
import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.api.Checkup.Repair;
import app.holdfast.core.api.Checkup.Severity;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Whether the search would find what there is: the keys that the index holds are compared with the entries', all of
/// them, and what it holds under them with their names, of some that lie evenly between the least and the greatest,
/// others each time. All names would take minutes. Lives for one question, on its thread.
final class SearchCheck {

    /// Names that are looked up.
    static final int NAMES = 200;

    /// Names that the index has come to are in it as they are, or noted as changed.
    private static final String LACKING = """
            select hex(e.id), count(*) over () from entry e where e.key <= (select covered from search_state)
            and e.key not in (select id from entry_fts_docsize) limit 1""";
    /// Of an entry that went the key is noted, until the name is out.
    private static final String LEFT = """
            select 'key ' || d.id, count(*) over () from entry_fts_docsize d
            where (d.id > (select covered from search_state) or d.id not in (select key from entry))
            and d.id not in (select key from search_gone) limit 1""";
    private static final String NEXT = """
            select key, name, hex(id) from entry where key >= ? and key <= (select covered from search_state)
            and key not in (select key from search_stale) order by key limit 1""";

    private final DSLContext sql;
    private final long nowMillis;

    /// @param nowMillis which names are looked up depends on it
    SearchCheck(DSLContext sql, long nowMillis) {
        this.sql = sql;
        this.nowMillis = nowMillis;
    }

    /// @throws org.jooq.exception.DataAccessException when the index cannot be read
    Optional<Finding> finding() {
        return first(LACKING).or(() -> first(LEFT)).or(this::misnamed);
    }

    private Optional<Finding> first(String query) {
        return sql.resultQuery(query).fetchOptional()
                .map(row -> finding(((Number) Objects.requireNonNull(row.get(1))).longValue(), row.get(0)));
    }

    private Optional<Finding> misnamed() {
        Object covered = sql.fetchSingle("select covered from search_state").get(0);
        double step = Math.max(1, ((Number) Objects.requireNonNull(covered)).doubleValue() / NAMES);
        double offset = step * Math.floorMod(nowMillis, 1_000) / 1_000;
        long key = 0;
        long found = 0;
        Object example = "";
        for (int i = 0; i < NAMES; i++) {
            Record entry = sql.resultQuery(NEXT, Math.max(key + 1, (long) (i * step + offset))).fetchOne();
            if (entry == null) {
                break;
            }
            key = ((Number) Objects.requireNonNull(entry.get(0))).longValue();
            if (!isFound(key, String.valueOf(entry.get(1)))) {
                found++;
                example = entry.get(2);
            }
        }
        return found == 0 ? Optional.empty() : Optional.of(finding(found, example));
    }

    private boolean isFound(long key, String name) {
        Optional<String> whole = Grams.whole(name);
        return whole.isEmpty() || sql.resultQuery("select 1 from entry_fts where entry_fts match ? and rowid = ?",
                whole.get(), key).fetchOne() != null;
    }

    private static Finding finding(long count, Object example) {
        return new Finding(Code.SEARCH_DIFFERS, count, Severity.ERROR, Repair.REBUILD, String.valueOf(example));
    }
}
