package app.holdfast.core.store;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.SearchQuery.Test;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Finds some of what fits, and stops: the answer for a person who still types (ADR 241). For one question.
///
/// What much fits is found in a sample of the rows; what little fits, in the index of names. Which of both it is shows
/// when it is tried: one and two letters are in most names or in hardly any. A name beside a filter that leaves few
/// begins with the rarer of both (ADR 226).
final class FirstFound {

    /// As many are put in order.
    private static final int FOUND_MAX = 1_000;
    /// Fewer in a sample are no answer.
    private static final int ENOUGH = 200;
    /// So few rows are looked at without a thought.
    private static final int FEW_ROWS = 1_000;
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
            where entry_fts match ? and entry_fts.rowid <= (select covered from search_state)
            and e.key not in (select key from search_stale) and e.claim is not null%s
            union all select e.key from entry e not indexed where e.key > (select covered from search_state)
            and e.claim is not null%s
            union all select e.key from search_stale s cross join entry e not indexed on e.key = s.key
            where e.claim is not null%s\
            """;

    /// Keys in an index, and which of their names the index of names holds as they are.
    static final String BOTH = """
            with few(key) as materialized (%s)
            select e.key from entry_fts cross join entry e not indexed on e.key = entry_fts.rowid
            where entry_fts match ? and entry_fts.rowid <= (select covered from search_state)
            and +entry_fts.rowid in (select key from few)
            and entry_fts.rowid not in (select key from search_stale) and e.claim is not null%s\
            """;
    /// Those that it does not hold, or holds as they were. Left out when there are none: it finds the few first, and a
    /// rare name does without them.
    static final String BEHIND = """
            union all select e.key from few cross join entry e not indexed on e.key = few.key
            where (few.key > (select covered from search_state) or few.key in (select key from search_stale))
            and e.claim is not null%s\
            """;
    private static final String IS_BEHIND = "select coalesce((select max(key) from entry), 0) > covered"
            + " or exists (select 1 from search_stale) from search_state";
    /// Keys in an index, and the row of each.
    static final String EACH = """
            select e.key from (%s) few cross join entry e not indexed on e.key = few.key
            where e.claim is not null%s\
            """;
    /// Names that the index tells in the time of a look at one row.
    private static final int NAMES_PER_ROW = 60;

    private static final EntryKeys NOTHING = new EntryKeys(new long[0], 0);

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
        boolean mayBeFew = !parts.isEmpty() && query.terms().stream().anyMatch(FewEntries::mayBeFew);
        if (mayBeFew && isRare(grams)) {
            return limited(indexed(grams), limit, true);
        }
        Optional<FewEntries> few = mayBeFew ? FewEntries.of(query, sql, presence) : Optional.empty();
        if (few.isPresent()) {
            List<String> indexed = grams.isEmpty() ? parts.subList(0, 1) : grams;
            return limited(isSoonerByName(few.get(), indexed, !grams.isEmpty()) ? both(few.get(), indexed)
                    : each(few.get()), limit, true);
        }
        if (grams.isEmpty() && query.terms().stream().anyMatch(FewEntries::hangsOnEntries)) {
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

    /// Whether so few names have these parts that the row of each is looked at at once. Not while there are names that
    /// the index does not hold: they are looked at as well, and may be all.
    private boolean isRare(List<String> parts) {
        Optional<String> phrases = phrases(parts);
        if (parts.isEmpty() || phrases.isEmpty() || isBehind()) {
            return false;
        }
        return ((Number) sql.fetchSingle("select count(*) from (select rowid from entry_fts where entry_fts match ?"
                + " limit " + FEW_ROWS + ")", phrases.get()).get(0)).longValue() < FEW_ROWS;
    }

    private boolean isBehind() {
        return ((Number) sql.fetchSingle(IS_BEHIND).get(0)).intValue() == 1;
    }

    /// Whether to ask the index of names which of the few have these parts, or to look at the row of each until enough
    /// are found. Reckoned in looks at a row, by how many names in a small sample have the parts.
    ///
    /// @param streams whether the index tells the first before it has put all together, as it does for whole grams
    private boolean isSoonerByName(FewEntries few, List<String> parts, boolean streams) {
        if (few.count() <= FEW_ROWS) {
            return false;
        }
        long low = edge("min");
        long rows = edge("max") - low + 1;
        List<Object> binds = new ArrayList<>();
        String some = SAMPLE.formatted(WINDOWS - 1, low, Math.max(rows / WINDOWS, STRETCH_ROWS), WINDOWS, STRETCH_ROWS,
                WINDOWS, STRETCH_ROWS) + new SearchSql(presence, binds, true).condition(new SearchQuery(
                parts.stream().map(part -> new Term(true, new Test.Name(part))).toList()));
        long hits = ((Number) sql.fetchSingle("select count(*) from (" + some + ")", binds.toArray()).get(0))
                .longValue();
        double share = Math.max(hits, 0.5) / (WINDOWS * STRETCH_ROWS);
        double eachRow = Math.min(few.count(), FOUND_MAX / share);
        double names = streams ? Math.min(share * rows, (double) FOUND_MAX * rows / few.count()) : share * rows;
        return (double) few.count() / few.perRow() + names / NAMES_PER_ROW + Math.min(FOUND_MAX, share * few.count())
                < eachRow;
    }

    private EntryKeys both(FewEntries few, List<String> parts) {
        Optional<String> phrases = phrases(parts);
        if (phrases.isEmpty()) {
            return NOTHING;
        }
        List<Object> binds = new ArrayList<>(few.binds());
        binds.add(phrases.get());
        Predicate<Term> isLeft = term -> !few.exact() || !term.equals(few.term());
        String held = BOTH.formatted(few.keys(), condition(isLeft.and(term -> !isName(term, parts)), binds));
        return ordered(isBehind() ? held + "\n" + BEHIND.formatted(condition(isLeft, binds)) : held, binds);
    }

    private EntryKeys each(FewEntries few) {
        List<Object> binds = new ArrayList<>(few.binds());
        return ordered(EACH.formatted(few.keys(), condition(term -> !few.exact() || !term.equals(few.term()), binds)),
                binds);
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
        Optional<String> phrases = phrases(parts);
        if (phrases.isEmpty()) {
            return NOTHING;
        }
        List<Object> binds = new ArrayList<>();
        binds.add(phrases.get());
        return ordered(INDEXED.formatted(condition(term -> !isName(term, parts), binds), condition(binds),
                condition(binds)), binds);
    }

    /// What the index is asked for these parts; empty when no name has one of them.
    private static Optional<String> phrases(List<String> parts) {
        List<String> phrases = parts.stream().map(Grams::query).flatMap(Optional::stream).toList();
        return phrases.size() < parts.size() ? Optional.empty() : Optional.of(String.join(" AND ", phrases));
    }

    private EntryKeys all() {
        List<Object> binds = new ArrayList<>();
        return ordered("select e.key from entry e where e.claim is not null" + condition(binds), binds);
    }

    private String condition(List<Object> binds) {
        return condition(_ -> true, binds);
    }

    /// Of some of the terms: the others are seen to.
    private String condition(Predicate<Term> isLeft, List<Object> binds) {
        return new SearchSql(presence, binds, true)
                .condition(new SearchQuery(query.terms().stream().filter(isLeft).toList()));
    }

    private static boolean isName(Term term, List<String> parts) {
        return term.wanted() && term.test() instanceof Test.Name(String part) && parts.contains(part);
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
