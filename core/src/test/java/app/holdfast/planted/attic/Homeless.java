package app.holdfast.planted.attic;

/// Its package has no floor.
public final class Homeless {
}
