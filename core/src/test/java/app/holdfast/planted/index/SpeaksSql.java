package app.holdfast.planted.index;

import java.sql.Connection;

/// Holds a connection outside the store.
public record SpeaksSql(Connection connection) {
}
