package app.holdfast.core.store;

import org.jspecify.annotations.Nullable;

/// What a walk saw of a folder that it read to the end (ADR 240).
///
/// @param place    where it lies; null when the walk did not come from above
/// @param first    half of a digest over all that a merge compares
/// @param second   the other half
/// @param children how many of them were told; those that are left out are in the digest only
public record FolderSight(@Nullable Place place, long first, long second, long children) {

    /// What tells a folder from others: its own node under its own name in its parent.
    ///
    /// @param parent the folder above; null for the location's top
    /// @param node   0 where the filesystem tells none
    /// @param name   a number made of the name's bytes
    public record Place(@Nullable ScannedFolder parent, long node, long name) {
        public static final Place TOP = new Place(null, 0, 0);
    }
}
