package app.holdfast.core.store;

import java.util.Optional;

/// Whether this device has joined a library and has never had all of it (ADR 228): a setting, so that a restart in the
/// middle goes on, read once and kept, as every turn of every conversation asks. A job that fails has it read again
/// ([#forget]). Confined to the writer.
public final class BackfillState {

    /// The setting's name, for whoever reads it without the writer.
    public static final String SETTING = "backfill";
    private static final String UNDER_WAY = "under way";
    private static final String DONE = "done";

    private final Prepared prepared;
    private Optional<Boolean> known = Optional.empty();

    BackfillState(Prepared prepared) {
        this.prepared = prepared;
    }

    /// What was read may have been undone.
    void forget() {
        known = Optional.empty();
    }

    /// What the setting says; who founded a library has none.
    public static boolean isUnderWay(Optional<String> setting) {
        return setting.filter(UNDER_WAY::equals).isPresent();
    }

    public boolean isUnderWay() {
        if (known.isEmpty()) {
            known = Optional.of(isUnderWay(prepared.first("select value from setting where name = ?",
                    row -> row.getString(1), SETTING)));
        }
        return known.get();
    }

    /// This device joins.
    void begin() {
        put(UNDER_WAY);
    }

    /// This device has, or has had, all.
    public void end() {
        put(DONE);
    }

    private void put(String value) {
        prepared.update("insert into setting (name, value) values (?, ?)"
                + " on conflict (name) do update set value = excluded.value", SETTING, value);
        known = Optional.of(UNDER_WAY.equals(value));
    }
}
