package app.holdfast.core.store;

import app.holdfast.core.store.Staging.Phase;
import java.util.Optional;

/// Where the one running reconciliation stands: the one row of a table that every turn of every conversation asks for,
/// read once and kept; and whether content of live dots is lost, which they ask for as well. A job that fails has both
/// read again ([#forget]). Confined to the writer.
final class StageState {

    /// A place between two dots: after this one. Authors are named by their keys here.
    record Cursor(long author, long sequence) {
        static final Cursor START = new Cursor(-1, -1);
    }

    /// How far a fold has listed its records.
    ///
    /// @param table whose rows come next, empty when all are listed
    record Listing(String table, Cursor after) {
        static final Listing NONE = new Listing("", Cursor.START);
    }

    /// @param heals  whether both sides cover the same
    /// @param number the comparison's
    /// @param swept  whether nothing is left of those before that nobody needs
    private record Row(Phase phase, boolean heals, long number, boolean swept, Listing listing) {
        private static final Row NONE = new Row(Phase.NONE, false, 0, true, Listing.NONE);
    }

    private final Prepared prepared;
    private Optional<Row> known = Optional.empty();
    private Optional<Boolean> lacks = Optional.empty();
    private Cursor sweeping = Cursor.START;
    private long kept;

    StageState(Prepared prepared) {
        this.prepared = prepared;
    }

    /// What was read may have been undone.
    void forget() {
        known = Optional.empty();
        lacks = Optional.empty();
        sweeping = Cursor.START;
        kept = 0;
    }

    private Row row() {
        if (known.isEmpty()) {
            known = prepared.first("select phase, heals, number, swept, listing, listing_author, listing_sequence"
                    + " from stage", row -> new Row(Phase.valueOf(row.getString(1)), row.getLong(2) != 0,
                            row.getLong(3), row.getLong(4) != 0, new Listing(row.getString(5),
                                    new Cursor(row.getLong(6), row.getLong(7)))))
                    .or(() -> Optional.of(Row.NONE));
        }
        return known.get();
    }

    Phase phase() {
        return row().phase;
    }

    boolean heals() {
        return row().heals;
    }

    /// The number of the comparison whose dots are wanted.
    long number() {
        return row().number;
    }

    Listing listing() {
        return row().listing;
    }

    /// Whether rows of comparisons before may be left.
    boolean isSwept() {
        return row().swept;
    }

    private void put(Row row) {
        prepared.update("insert or replace into stage (only_row, phase, heals, number, swept, listing,"
                + " listing_author, listing_sequence) values (1, ?, ?, ?, ?, ?, ?, ?)", row.phase.name(),
                row.heals ? 1L : 0L, row.number, row.swept ? 1L : 0L, row.listing.table, row.listing.after.author,
                row.listing.after.sequence);
        known = Optional.of(row);
    }

    void put(Phase phase) {
        put(new Row(phase, row().heals, row().number, row().swept, row().listing));
    }

    /// Another comparison begins, or the last one is over: nothing that was wanted is any more.
    void next(Phase phase, boolean heals) {
        put(new Row(phase, heals, row().number + 1, false, Listing.NONE));
        sweptTo(Cursor.START, 0);
    }

    void listed(Listing listing) {
        put(new Row(row().phase, row().heals, row().number, row().swept, listing));
    }

    /// How far it is swept in this run of the program.
    Cursor sweeping() {
        return sweeping;
    }

    /// What of that was kept.
    long kept() {
        return kept;
    }

    void sweptTo(Cursor after, long keptSoFar) {
        sweeping = after;
        kept = keptSoFar;
    }

    void swept() {
        put(new Row(row().phase, row().heals, row().number, true, row().listing));
        sweptTo(Cursor.START, 0);
    }

    /// Whether content of live dots is lost ([LostDots]); none may be any more, as what is lost may be removed.
    boolean lacks() {
        if (lacks.isEmpty()) {
            lacks = Optional.of(prepared.finds("select 1 from shared_dot where sum < 0"));
        }
        return lacks.get();
    }

    /// What is lost is another now.
    void forgetLacks() {
        lacks = Optional.empty();
    }
}
