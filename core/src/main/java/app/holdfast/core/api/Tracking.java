package app.holdfast.core.api;

/// What a person had done with a volume. The order is that of the numbers stored.
public enum Tracking {
    /// Nothing: it is known by its filesystem, on its own device only, and stays that device's.
    NONE,
    /// It has a marker, by which every device knows it.
    MARKED,
    /// It could not be written to, so it has none, and is known by its filesystem.
    UNMARKED
}
