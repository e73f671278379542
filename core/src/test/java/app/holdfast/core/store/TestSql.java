package app.holdfast.core.store;

/// Changes tables behind the program's back.
public final class TestSql {

    private TestSql() {
    }

    /// @return how many rows changed
    public static int execute(Transaction tx, String sql) {
        int changed = tx.sql().execute(sql);
        tx.state().forgetStreams();
        return changed;
    }
}
