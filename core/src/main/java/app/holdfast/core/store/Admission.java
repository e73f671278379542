package app.holdfast.core.store;

/// What became of a group that arrived (R3).
public sealed interface Admission {

    /// Applied.
    record Admitted() implements Admission {}

    /// Covered already.
    record Duplicate() implements Admission {}

    /// Something that it follows or removes is not here yet; nothing was done.
    record NotYet() implements Admission {}

    /// A stamp of it is too far ahead of our clock; nothing was done (R8).
    ///
    /// @param aheadMillis how far
    record Quarantined(long aheadMillis) implements Admission {}
}
