package app.holdfast.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CoreStatement;

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
        if (known == null || isDropped(known)) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /// Whether the driver has let go of it, as it does when it failed by something else than a constraint: a full disk.
    private static boolean isDropped(PreparedStatement statement) {
        return statement instanceof CoreStatement driven && driven.pointer.isClosed();
    }

    /// Binds numbers, byte arrays, texts and nulls in their order.
    ///
    /// @return how many rows changed
    int update(String sql, @Nullable Object... values) {
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

    /// Makes something of a row.
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// What each row is made into. The reading does not ask for the same again.
    <T> List<T> all(String sql, Reading<T> reading, Object... values) {
        try (ResultSet row = query(sql, values)) {
            var all = new ArrayList<T>();
            while (row.next()) {
                all.add(reading.of(row));
            }
            return all;
        } catch (SQLException e) {
            throw new DataAccessException(sql, e);
        }
    }

    /// What the first row is made into, if there is one.
    <T> Optional<T> first(String sql, Reading<T> reading, Object... values) {
        try (ResultSet row = query(sql, values)) {
            return row.next() ? Optional.of(reading.of(row)) : Optional.empty();
        } catch (SQLException e) {
            throw new DataAccessException(sql, e);
        }
    }

    /// Whether there is any row.
    boolean finds(String sql, Object... values) {
        return first(sql, _ -> true, values).isPresent();
    }

    private ResultSet query(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statement(sql);
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement.executeQuery();
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(place, Types.NULL);
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
