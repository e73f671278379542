package app.holdfast.planted.model;

import app.holdfast.planted.clock.ReadsTheClock;

/// Imports from a floor above.
public record Climber(ReadsTheClock above) {
}
