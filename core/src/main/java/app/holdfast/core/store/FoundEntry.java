package app.holdfast.core.store;

import app.holdfast.core.model.EntryKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a scan found in a folder.
///
/// @param name           as shown: bytes that are no UTF-8 appear as U+FFFD
/// @param rawName        the bytes of the name when they are no UTF-8; not changed by anyone
/// @param size           bytes; 0 for folders
/// @param modifiedMillis since 1970-01-01T00:00Z
/// @param node           by what the filesystem knows it under any name; 0 where it tells nothing to rely on
/// @param folder         what its own children will be listed under; null for what is not entered
public record FoundEntry(String name, byte @Nullable [] rawName, EntryKind kind, long size, long modifiedMillis,
        long node, @Nullable ScannedFolder folder) {

    /// What is known by its name only.
    public FoundEntry(String name, byte @Nullable [] rawName, EntryKind kind, long size, long modifiedMillis,
            @Nullable ScannedFolder folder) {
        this(name, rawName, kind, size, modifiedMillis, 0, folder);
    }

    /// What tells it from the others of its folder: two names are one only when all their bytes are.
    String identity() {
        return identity(name, rawName);
    }

    /// No name has a NUL in it, so that a name of bytes is never taken for one of text.
    static String identity(String name, byte @Nullable [] rawName) {
        return rawName == null ? name : "\0" + new String(rawName, StandardCharsets.ISO_8859_1);
    }
}
