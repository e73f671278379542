package app.holdfast.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Copies of a table what can be read of it, past pages that cannot be.
final class TableCopy {

    private final Connection from;
    private final Connection to;
    private final String table;
    private final List<String> columns = new ArrayList<>();
    /// The key's columns, in their order.
    private final List<String> key = new ArrayList<>();
    private boolean isKeyNumber;
    private boolean isWhole = true;
    private long copied;

    TableCopy(Connection from, Connection to, String table) throws SQLException {
        this.from = from;
        this.to = to;
        this.table = table;
        try (var statement = to.createStatement();
                var row = statement.executeQuery("select name, type, pk from pragma_table_info('" + table + "')"
                        + " order by pk, cid")) {
            while (row.next()) {
                columns.add(row.getString(1));
                if (row.getInt(3) > 0) {
                    key.add(row.getString(1));
                    isKeyNumber = row.getString(2).equals("integer");
                }
            }
        }
    }

    /// Whether all of it could be read, and is as the table demands.
    boolean isWhole() {
        return isWhole;
    }

    long copied() {
        return copied;
    }

    void run() throws SQLException {
        if (key.size() == 1 && isKeyNumber) {
            pastGaps("");
        } else if (key.equals(List.of("author", "sequence"))) {
            for (long author : numbers("select key from author")) {
                pastGaps("author = " + author + " and ");
            }
        } else if (!copy("", "asc")) { // from the other end, as far as that goes
            var _ = copy("", "desc");
        }
    }

    private List<Long> numbers(String sql) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (var statement = from.createStatement(); var row = statement.executeQuery(sql)) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    /// @param among which rows, by what comes before the last column of the key
    private void pastGaps(String among) throws SQLException {
        long after = Long.MIN_VALUE;
        while (!copy(among + key.getLast() + " > " + after, "asc")) {
            long last = last(among, after);
            long fails = 0;
            long works = 1;
            while (!isReadable(among, last + works)) {
                fails = works;
                works *= 2;
                if (last + works < last) {
                    return; // nothing up to the greatest number there is
                }
            }
            while (works - fails > 1) {
                long between = fails + (works - fails) / 2;
                if (isReadable(among, last + between)) {
                    works = between;
                } else {
                    fails = between;
                }
            }
            after = last + works;
        }
    }

    /// The greatest number that has been copied.
    private long last(String among, long otherwise) throws SQLException {
        try (var statement = to.createStatement();
                var row = statement.executeQuery("select max(" + key.getLast() + ") from " + table + " where " + among
                        + key.getLast() + " > " + otherwise)) {
            long last = row.next() ? row.getLong(1) : 0;
            return Math.max(row.wasNull() ? 0 : last, Math.max(otherwise, 0));
        }
    }

    private boolean isReadable(String among, long after) throws SQLException {
        try (var statement = from.createStatement();
                var row = statement.executeQuery("select * from " + table + " not indexed where " + among
                        + key.getLast() + " > " + after + " order by " + key.getLast() + " limit 1")) {
            var _ = row.next();
            return true;
        } catch (SQLException e) {
            return isRefusedAsDamaged(e);
        }
    }

    /// @return false, as it is
    private boolean isRefusedAsDamaged(SQLException e) throws SQLException {
        SQLiteErrorCode code = e instanceof SQLiteException said ? said.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        if ((code.code & 0xFF) != SQLiteErrorCode.SQLITE_CORRUPT.code) {
            throw e;
        }
        isWhole = false;
        return false;
    }

    /// @return whether it came to the end
    private boolean copy(String among, String order) throws SQLException {
        String by = key.stream().map(column -> column + " " + order).collect(Collectors.joining(", "));
        try (var statement = from.createStatement();
                PreparedStatement insert = to.prepareStatement("insert or ignore into " + table + " ("
                        + String.join(", ", columns) + ") values (?" + ", ?".repeat(columns.size() - 1) + ")")) {
            try (var row = statement.executeQuery("select " + String.join(", ", columns) + " from " + table
                    + " not indexed" + (among.isEmpty() ? "" : " where " + among) + " order by " + by)) {
                while (row.next()) {
                    for (int i = 1; i <= columns.size(); i++) {
                        insert.setObject(i, row.getObject(i));
                    }
                    int put = insert.executeUpdate();
                    copied += put;
                    isWhole &= put == 1; // or it is none, by the table's own rules
                }
                return true;
            } catch (SQLException e) {
                return isRefusedAsDamaged(e);
            }
        }
    }
}
