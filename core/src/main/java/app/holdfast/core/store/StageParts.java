package app.holdfast.core.store;

import app.holdfast.core.store.StageState.Cursor;
import app.holdfast.core.store.StageState.Listing;
import java.util.List;
import java.util.Optional;

/// What has to be done with every row of a stage, a part in a job, so that a million of them keep nobody waiting (ADR
/// 229): listing the records of a fold, and sweeping out what comparisons before have left. Used within one job, on the
/// writer.
final class StageParts {

    /// Contents that are kept though the present comparison does not want them, about.
    private static final long KEPT_MAX = 200_000;

    private static final String WANT = "stage_want";
    private static final String DROP = "stage_drop";

    private final Transaction tx;
    private final Prepared prepared;
    private final StageState state;

    StageParts(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
        this.state = tx.state().stage();
    }

    /// Has the records of a fold listed from the beginning.
    void listAnew() {
        state.listed(new Listing(WANT, Cursor.START));
    }

    boolean isListed() {
        return state.listing().table().isEmpty();
    }

    /// Lists records with dots that are wanted, and then those with dots to be dropped. How far it has come is
    /// committed with it.
    ///
    /// @param rowsMax rows that are looked at
    /// @return whether more of the same kind are to be looked at, by another job
    boolean list(int rowsMax) {
        String table = state.listing().table();
        Cursor after = state.listing().after();
        if (table.equals(WANT)) {
            prepared.update("insert into stage_record (place, model, record) select " + place("model")
                    + ", model, record from (" + part(WANT, "model, record, comparison") + ") where comparison = ?4"
                    + " on conflict do nothing", after.author(), after.sequence(), (long) rowsMax, state.number());
        } else {
            prepared.update("insert into stage_record (place, model, record) select " + place("d.model")
                    + ", d.model, d.record from (" + part(DROP, "author, sequence") + ") s join shared_dot d"
                    + " on d.author = s.author and d.sequence = s.sequence where true on conflict do nothing",
                    after.author(), after.sequence(), (long) rowsMax);
        }
        Optional<Cursor> end = end(table, after, rowsMax);
        state.listed(end.map(to -> new Listing(table, to))
                .orElse(table.equals(WANT) ? new Listing(DROP, Cursor.START) : Listing.NONE));
        return end.isPresent();
    }

    /// Records of models that are not known here come first, for they may depend on any (R6).
    private String place(String model) {
        var order = new StringBuilder("case " + model);
        List<String> known = tx.state().models().names();
        for (int i = 0; i < known.size(); i++) {
            order.append(" when '").append(known.get(i)).append("' then ").append(known.size() - i);
        }
        return order.append(" else 0 end").toString();
    }

    private static String part(String table, String columns) {
        return "select " + columns + " from " + table
                + " where (author, sequence) > (?1, ?2) order by author, sequence limit ?3";
    }

    /// The last dot of a part, empty when there is nothing after it.
    private Optional<Cursor> end(String table, Cursor after, int rowsMax) {
        return prepared.first("select author, sequence from " + table
                + " where (author, sequence) > (?1, ?2) order by author, sequence limit 1 offset ?3",
                row -> new Cursor(row.getLong(1), row.getLong(2)), after.author(), after.sequence(),
                rowsMax - 1L);
    }

    /// Lets go of some of what comparisons before have left: dots that are not wanted and whose contents never came,
    /// contents of dots that are covered by now, and of the others all beyond a limit. After a restart it begins anew.
    ///
    /// @param rowsMax rows that are looked at
    /// @return whether there is more to do
    boolean sweep(int rowsMax) {
        if (state.isSwept() || state.phase() == Staging.Phase.FOLD) {
            return false;
        }
        Cursor after = state.sweeping();
        Optional<Cursor> end = end(WANT, after, rowsMax);
        Cursor to = end.orElse(new Cursor(Long.MAX_VALUE, Long.MAX_VALUE));
        String span = " from stage_want where (author, sequence) > (?1, ?2) and (author, sequence) <= (?3, ?4)"
                + " and comparison <> ?5";
        Object[] values = {after.author(), after.sequence(), to.author(), to.sequence(), state.number()};
        prepared.update("delete" + span + " and (snapshot is null or sequence <= (select v.sequence from vector v"
                + " where v.author = stage_want.author))", values);
        long kept = state.kept() + prepared.first("select count(*)" + span, row -> row.getLong(1), values).orElse(0L);
        if (kept > KEPT_MAX) {
            kept -= prepared.update("delete" + span, values);
        }
        if (end.isPresent()) {
            state.sweptTo(to, kept);
        } else {
            state.swept();
        }
        return end.isPresent();
    }
}
