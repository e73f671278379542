package app.holdfast.core.api;

import java.util.SortedMap;

/// The content of a library in one value: equal on devices that have converged, and only there.
///
/// @param hash lower-case hex of SHA-256 over all synced rows by model and id
/// @param rows how many of each model went into it
public record LibraryHash(String hash, SortedMap<String, Long> rows) {}
