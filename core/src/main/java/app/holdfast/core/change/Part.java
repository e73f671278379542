package app.holdfast.core.change;

import java.util.UUID;

/// All of a stream that lies in one location, as one hash: enough to check the stream's root without its rows.
///
/// @param location [Leaf#NO_LOCATION] for what lies in none
public record Part(UUID location, Hash root) {}
