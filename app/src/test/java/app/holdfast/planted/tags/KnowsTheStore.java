package app.holdfast.planted.tags;

import java.sql.Connection;

/// Goes to the database itself.
public record KnowsTheStore(Connection connection) {
}
