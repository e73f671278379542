package app.holdfast.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jooq.exception.DataAccessException;

/// Statements that run for every change, prepared once for a connection and kept: what jOOQ builds anew each time
/// costs ten times as much. Confined to the connection's thread.
final class Prepared implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Prepared(Connection connection) {
        this.connection = connection;
    }

    /// The statement, with the parameters of its last use still bound.
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /// Binds numbers, byte arrays, texts and nulls in their order.
    ///
    /// @return how many rows changed
    int update(String sql, Object... values) {
        try {
            PreparedStatement statement = statement(sql);
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DataAccessException(sql, e);
        }
    }

    private static void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        switch (value) {
            case Long number -> statement.setLong(place, number);
            case byte[] bytes -> statement.setBytes(place, bytes);
            case String text -> statement.setString(place, text);
            default -> throw new IllegalArgumentException("no value for SQL: " + value.getClass());
        }
    }

    @Override
    public void close() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                throw new DataAccessException("closing a statement", e);
            }
        }
        statements.clear();
    }
}
