package app.holdfast.core.api;

/// What is found soon.
///
/// @param keys in the order that was asked for
/// @param all  whether nothing else fits; otherwise these are some of what fits, put in order among themselves
public record FirstKeys(EntryKeys keys, boolean all) {}
