package app.holdfast.core.store;

import app.holdfast.core.store.Staging.Phase;
import java.util.Optional;

/// How far the one running reconciliation is: one row of a table that every turn of every conversation asks for, read
/// once and kept; and whether content of live dots is lost, which they ask for as well. A job that fails has both read
/// again ([#forget]). Confined to the writer.
final class StageState {

    /// @param heals whether both sides cover the same
    private record Row(Phase phase, boolean heals) {}

    private final Prepared prepared;
    private Optional<Row> known = Optional.empty();
    private Optional<Boolean> lacks = Optional.empty();

    StageState(Prepared prepared) {
        this.prepared = prepared;
    }

    /// What was read may have been undone.
    void forget() {
        known = Optional.empty();
        lacks = Optional.empty();
    }

    private Row row() {
        if (known.isEmpty()) {
            known = prepared.first("select phase, heals from stage",
                    row -> new Row(Phase.valueOf(row.getString(1)), row.getLong(2) != 0))
                    .or(() -> Optional.of(new Row(Phase.NONE, false)));
        }
        return known.get();
    }

    Phase phase() {
        return row().phase;
    }

    boolean heals() {
        return row().heals;
    }

    void put(Phase phase, boolean heals) {
        prepared.update("insert into stage (only_row, phase, heals) values (1, ?, ?)"
                + " on conflict (only_row) do update set phase = excluded.phase, heals = excluded.heals",
                phase.name(), heals ? 1L : 0L);
        known = Optional.of(new Row(phase, heals));
    }

    void clear() {
        prepared.update("delete from stage");
        known = Optional.empty();
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
