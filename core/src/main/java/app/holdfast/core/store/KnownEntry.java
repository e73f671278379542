package app.holdfast.core.store;

import app.holdfast.core.model.EntryKind;
import java.util.UUID;

/// An entry's row as a scan compares it.
///
/// @param node 0 for none
record KnownEntry(long key, UUID id, EntryKind kind, long size, long modifiedMillis, long node) {

    /// Whether nothing says that another has taken its place, or that it was changed.
    boolean isLike(FoundEntry found) {
        return kind == found.kind() && size == found.size() && modifiedMillis == found.modifiedMillis()
                && !isAnother(found);
    }

    /// A file that was put in the place of one, with its size and time: its content is not known.
    private boolean isAnother(FoundEntry found) {
        return kind == EntryKind.FILE && node != 0 && found.node() != 0 && node != found.node();
    }

    /// A folder never becomes a file: one went and another came.
    boolean mayBecome(FoundEntry found) {
        return (kind == EntryKind.DIRECTORY) == (found.kind() == EntryKind.DIRECTORY);
    }
}
