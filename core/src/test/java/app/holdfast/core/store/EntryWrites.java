package app.holdfast.core.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// Counts what is written to the entries of a closed library from now on: by triggers, so that nothing escapes it.
public final class EntryWrites {

    private EntryWrites() {
    }

    public static void count(Path data) throws SQLException {
        try (Connection library = open(data); Statement sql = library.createStatement()) {
            sql.execute("create table if not exists written (what text)");
            sql.execute("delete from written");
            for (String what : new String[] {"insert", "update", "delete"}) {
                sql.execute("create trigger if not exists spy_" + what + " after " + what
                        + " on entry begin insert into written values ('" + what + "'); end");
            }
        }
    }

    /// @return how much was written since; the library is closed again
    public static long of(Path data) throws SQLException {
        try (Connection library = open(data); Statement sql = library.createStatement();
                var found = sql.executeQuery("select count(*) from written")) {
            return found.getLong(1);
        }
    }

    private static Connection open(Path data) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("database.db"));
    }
}
