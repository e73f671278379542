package app.holdfast.core.store;

import java.util.UUID;

/// A file whose content is to be read.
///
/// @param path           from the location's top, names separated by `/`, in the bytes of the filesystem; never changed
/// @param size           bytes
/// @param modifiedMillis since 1970-01-01T00:00Z
/// @param whole          whether its samples are known, and another file has the same
public record UnreadFile(long key, UUID id, byte[] path, long size, long modifiedMillis, boolean whole) {

    /// What it is known by while it stays as it is.
    public Version version() {
        return new Version(id, size, modifiedMillis);
    }

    /// A file as it was once.
    public record Version(UUID id, long size, long modifiedMillis) {}
}
