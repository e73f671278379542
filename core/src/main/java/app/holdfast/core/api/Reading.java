package app.holdfast.core.api;

import java.util.Optional;

/// How this device stands with reading what its files have in them.
///
/// @param bytesPerSecond at most; empty for as many as come
/// @param left           files that are to be read, those that cannot be read among them
public record Reading(boolean paused, Optional<Long> bytesPerSecond, long left) {}
