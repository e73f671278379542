package app.holdfast.core.store;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.State;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.SearchQuery.Test;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Finds some of what fits, and stops: the answer for a person who still types (ADR 241). For one question.
///
/// What much fits is found in a sample of the rows; what little fits, in the index of names. Which of both it is shows
/// when it is tried: one and two letters are in most names or in hardly any.
final class FirstFound {

    /// As many are put in order.
    private static final int FOUND_MAX = 1_000;
    /// Fewer in a sample are no answer.
    private static final int ENOUGH = 200;
    private static final int FEW = 10_000;
    private static final int WINDOWS = 64;
    private static final int WINDOW_ROWS = 256;
    private static final int GRAM = 3;

    /// Rows of a window that are looked at before the next window is.
    private static final int STRETCH_ROWS = 16;

    // by key and by no index, or SQLite makes one of all rows for a condition like `kind = 0`
    /// The first stretch of each window, then the second of each: however soon there are enough, they are from all.
    private static final String SAMPLE = """
            with recursive n(number) as (select 0 union all select number + 1 from n where number < %d),
            w(low) as (select %d + %d * (number %% %d) + %d * (number / %d) from n)
            select e.key from w cross join entry e not indexed on e.key >= w.low and e.key < w.low + %d
            where e.claim is not null\
            """;
    /// Names that the index holds as they are; those that it does not hold yet; those that have changed since.
    private static final String INDEXED = """
            select e.key from entry_fts cross join entry e not indexed on e.key = entry_fts.rowid
            where entry_fts match ? and e.key not in (select key from search_stale) and e.claim is not null%s
            union all select e.key from entry e not indexed where e.key > (select covered from search_state)
            and e.claim is not null%s
            union all select e.key from search_stale s cross join entry e not indexed on e.key = s.key
            where e.claim is not null%s\
            """;

    private final DSLContext sql;
    private final Presence presence;
    private final SearchQuery query;
    private final EntrySort sort;

    FirstFound(DSLContext sql, Presence presence, SearchQuery query, EntrySort sort) {
        this.sql = sql;
        this.presence = presence;
        this.query = query;
        this.sort = sort;
    }

    FirstKeys find(int limit) {
        List<String> parts = names();
        List<String> grams = parts.stream().filter(part -> Grams.letters(part) >= GRAM).toList();
        List<Test> hanging = query.terms().stream().filter(FirstFound::hangsOnEntries).map(Term::test).toList();
        if (grams.isEmpty() ? !hanging.isEmpty() : hanging.stream().anyMatch(this::isOfFew)) {
            return limited(all(), limit, true);
        }
        if (!grams.isEmpty()) {
            return limited(indexed(grams), limit, true);
        }
        long low = edge("min");
        long rows = edge("max") - low + 1;
        boolean isWhole = rows <= WINDOWS * WINDOW_ROWS;
        EntryKeys sample = sample(low, rows, isWhole);
        if (isWhole || sample.count() >= ENOUGH) {
            return limited(sample, limit, isWhole);
        }
        return limited(parts.isEmpty() ? all() : indexed(parts.subList(0, 1)), limit, true);
    }

    /// Parts of the name, the longest first.
    private List<String> names() {
        return query.terms().stream().filter(Term::wanted)
                .flatMap(term -> term.test() instanceof Test.Name(String part) ? Stream.of(part)
                        : Stream.empty())
                .sorted(Comparator.comparingInt(Grams::letters).reversed()).toList();
    }

    /// Looking at each of these takes less time than going through all that have a usual part in their names.
    private boolean isOfFew(Test test) {
        List<Object> binds = new ArrayList<>();
        String some = "select count(*) from (" + new SearchSql(presence, binds).subjects(test) + " limit " + FEW + ")";
        return ((Number) sql.fetchSingle(some, binds.toArray()).get(0)).longValue() < FEW;
    }

    /// What hangs on few entries is looked at from there.
    private static boolean hangsOnEntries(Term term) {
        return term.wanted() && switch (term.test()) {
            case Test.Tagged _, Test.Noted _ -> true;
            case Test.Is(State state) -> state == State.FAVORITE || state == State.TAGGED || state == State.NOTED;
            default -> false;
        };
    }

    private static FirstKeys limited(EntryKeys found, int limit, boolean looksAtAll) {
        boolean all = looksAtAll && found.count() < FOUND_MAX && found.count() <= limit;
        return new FirstKeys(found.count() <= limit ? found : found.first(limit), all);
    }

    private long edge(String which) {
        Number key = (Number) sql.fetchSingle("select " + which + "(key) from entry").get(0);
        return key == null ? 0 : key.longValue();
    }

    private EntryKeys sample(long low, long rows, boolean isWhole) {
        List<Object> binds = new ArrayList<>();
        String candidates = SAMPLE.formatted(WINDOWS * WINDOW_ROWS / STRETCH_ROWS - 1, low,
                isWhole ? WINDOW_ROWS : rows / WINDOWS, WINDOWS, STRETCH_ROWS, WINDOWS, STRETCH_ROWS)
                + condition(binds);
        return ordered(candidates, binds);
    }

    private EntryKeys indexed(List<String> parts) {
        List<Object> binds = new ArrayList<>();
        List<String> phrases = parts.stream().map(Grams::query).flatMap(Optional::stream).toList();
        if (phrases.size() < parts.size()) {
            return new EntryKeys(new long[0], 0); // no name has it
        }
        binds.add(String.join(" AND ", phrases));
        return ordered(INDEXED.formatted(rest(parts, binds), condition(binds), condition(binds)), binds);
    }

    private EntryKeys all() {
        List<Object> binds = new ArrayList<>();
        return ordered("select e.key from entry e where e.claim is not null" + condition(binds), binds);
    }

    private String condition(List<Object> binds) {
        return new SearchSql(presence, binds, true).condition(query);
    }

    /// What the index does not answer.
    private String rest(List<String> parts, List<Object> binds) {
        List<Term> left = query.terms().stream().filter(term -> !(term.wanted()
                && term.test() instanceof Test.Name(String part) && parts.contains(part))).toList();
        return new SearchSql(presence, binds, true).condition(new SearchQuery(left));
    }

    private EntryKeys ordered(String candidates, List<Object> binds) {
        String text = "select e.key, case e.kind when 1 then 0 else e.size end from (select key from (" + candidates
                + ") limit " + FOUND_MAX + ") c cross join entry e on e.key = c.key" + EntryQueries.held(sort)
                + EntryQueries.order(sort);
        var rows = sql.resultQuery(text, binds.toArray())
                .coerce(DSL.field("", Long.class), DSL.field("", Long.class)).fetch();
        long[] keys = new long[rows.size()];
        long bytes = 0;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = rows.get(i).value1();
            bytes += rows.get(i).value2();
        }
        return new EntryKeys(keys, bytes);
    }
}
