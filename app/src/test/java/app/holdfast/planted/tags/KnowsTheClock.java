package app.holdfast.planted.tags;

import app.holdfast.core.clock.Hlc;

/// Knows a room of core that is not open to it.
public record KnowsTheClock(Hlc reading) {
}
