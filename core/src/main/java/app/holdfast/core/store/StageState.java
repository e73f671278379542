package app.holdfast.core.store;

import app.holdfast.core.store.Staging.Phase;
import java.util.Optional;

/// How far the one running reconciliation is: one row of a table that every turn of every conversation asks for, read
/// once and kept. A job that fails has it read again ([#forget]). Confined to the writer.
final class StageState {

    private static final String LACKS = "lacks live dots";

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

    boolean lacks() {
        if (lacks.isEmpty()) {
            lacks = Optional.of(prepared.finds("select 1 from setting where name = '" + LACKS + "'"));
        }
        return lacks.get();
    }

    void lacks(boolean does) {
        prepared.update(does ? "insert into setting (name, value) values ('" + LACKS + "', '') on conflict do nothing"
                : "delete from setting where name = '" + LACKS + "'");
        lacks = Optional.of(does);
    }
}
