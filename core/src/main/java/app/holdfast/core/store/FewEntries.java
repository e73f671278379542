package app.holdfast.core.store;

import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.State;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.SearchQuery.Test;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/// The entries that one test of a query leaves, when they are few: their keys stand in an index, so that they are found
/// without a look at any row (ADR 226).
///
/// @param term   the test
/// @param keys   a select of the keys; of more than the test leaves when it is not exact
/// @param binds  the values in it
/// @param count  how many keys
/// @param perRow how many keys are found in the time of a look at one row
/// @param exact  whether the rows of the keys need not be tested any more
record FewEntries(Term term, String keys, List<Object> binds, long count, int perRow, boolean exact) {

    /// With more the names are looked at first.
    private static final int HANGING_MAX = 30_000;
    private static final int COPIED_MAX = 100_000;
    /// Of an id, one by one.
    private static final int IDS_PER_ROW = 5;
    /// In the order of an index.
    private static final int CONTENTS_PER_ROW = 25;
    /// Whose content is known, which copies share: few more than have copies, and no row is counted for it.
    static final String WITH_CONTENT = "select key from entry where content is not null";

    /// Those of the test that leaves the fewest.
    ///
    /// @return empty when no test leaves few
    static Optional<FewEntries> of(SearchQuery query, DSLContext sql, Presence presence) {
        return query.terms().stream().flatMap(term -> few(term, sql, presence).stream())
                .min(Comparator.comparingLong(FewEntries::count));
    }

    private static Optional<FewEntries> few(Term term, DSLContext sql, Presence presence) {
        List<Object> binds = new ArrayList<>();
        if (hangsOnEntries(term)) {
            String subjects = new SearchSql(presence, binds).subjects(term.test());
            long count = count(sql, subjects, binds, HANGING_MAX);
            String keys = "select key from entry where id in (" + subjects + ")";
            return small(new FewEntries(term, keys, binds, count, IDS_PER_ROW, true), HANGING_MAX);
        }
        if (isOfCopies(term)) {
            long count = count(sql, WITH_CONTENT, binds, COPIED_MAX);
            return small(new FewEntries(term, WITH_CONTENT, binds, count, CONTENTS_PER_ROW, false), COPIED_MAX);
        }
        return Optional.empty();
    }

    private static Optional<FewEntries> small(FewEntries few, int max) {
        return few.count < max ? Optional.of(few) : Optional.empty();
    }

    private static long count(DSLContext sql, String select, List<Object> binds, int max) {
        return ((Number) sql.fetchSingle("select count(*) from (" + select + " limit " + max + ")",
                binds.toArray()).get(0)).longValue();
    }

    /// Whether the test is of what hangs on entries, which has tables of its own.
    static boolean hangsOnEntries(Term term) {
        return term.wanted() && switch (term.test()) {
            case Test.Tagged _, Test.Noted _ -> true;
            case Test.Is(State state) -> state == State.FAVORITE || state == State.TAGGED || state == State.NOTED;
            default -> false;
        };
    }

    /// Whether it is worth asking how many entries the test leaves.
    static boolean mayBeFew(Term term) {
        return hangsOnEntries(term) || isOfCopies(term);
    }

    private static boolean isOfCopies(Term term) {
        return term.wanted() && switch (term.test()) {
            case Test.Is(State state) -> state == State.DUPLICATE;
            case Test.Copies(long least, long _) -> least > 1; // a single file may be known by its sample alone
            default -> false;
        };
    }
}
