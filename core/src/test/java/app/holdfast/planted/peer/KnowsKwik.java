package app.holdfast.planted.peer;

import tech.kwik.planted.Connection;

/// Speaks QUIC outside transport.
public record KnowsKwik(Connection connection) {
}
