package app.holdfast.core.store;

import app.holdfast.core.model.EntryKind;
import java.util.UUID;

/// An entry's row as a scan compares it.
///
/// @param node 0 for none
record KnownEntry(long key, UUID id, EntryKind kind, long size, long modifiedMillis, long node) {

    boolean isLike(FoundEntry found) {
        return kind == found.kind() && size == found.size() && modifiedMillis == found.modifiedMillis();
    }

    /// A folder never becomes a file: one went and another came.
    boolean mayBecome(FoundEntry found) {
        return (kind == EntryKind.DIRECTORY) == (found.kind() == EntryKind.DIRECTORY);
    }
}
