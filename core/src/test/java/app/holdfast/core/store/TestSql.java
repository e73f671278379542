package app.holdfast.core.store;

/// Changes tables and looks at them behind the program's back.
public final class TestSql {

    private TestSql() {
    }

    /// @return how many rows changed
    public static int execute(Transaction tx, String sql) {
        int changed = tx.sql().execute(sql);
        tx.state().forgetStreams();
        return changed;
    }

    /// Whether a fold still lists its records, and has folded none.
    public static boolean isListing(Transaction tx) {
        return !tx.state().stage().listing().table().isEmpty();
    }
}
