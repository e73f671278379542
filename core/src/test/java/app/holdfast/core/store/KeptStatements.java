package app.holdfast.core.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// A connection that prepares a statement once for each text: preparing is most of what a small transaction costs in
/// memory, and a simulation does the same few hundred statements a million times.
final class KeptStatements {

    private final Connection connection;
    private final Map<String, Deque<PreparedStatement>> free = new HashMap<>();

    private KeptStatements(Connection connection) {
        this.connection = connection;
    }

    static Connection over(Connection connection) {
        var kept = new KeptStatements(connection);
        return (Connection) Proxy.newProxyInstance(KeptStatements.class.getClassLoader(),
                new Class<?>[] {Connection.class}, (_, method, arguments) -> kept.ofConnection(method, arguments));
    }

    private Object ofConnection(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("prepareStatement") && (arguments.length == 1
                || arguments.length == 2 && arguments[1].equals(Statement.NO_GENERATED_KEYS))) {
            return prepare((String) arguments[0]);
        }
        return call(connection, method, arguments);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        Deque<PreparedStatement> known = free.computeIfAbsent(sql, _ -> new ArrayDeque<>());
        PreparedStatement statement = known.isEmpty() ? connection.prepareStatement(sql) : known.pop();
        return (PreparedStatement) Proxy.newProxyInstance(KeptStatements.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (!known.contains(statement)) {
                            statement.clearParameters();
                            statement.clearBatch();
                            known.push(statement);
                        }
                        return null;
                    }
                    return call(statement, method, arguments);
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
