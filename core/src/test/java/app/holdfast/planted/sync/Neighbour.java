package app.holdfast.planted.sync;

/// Lives on the floor of index.
public final class Neighbour {
}
