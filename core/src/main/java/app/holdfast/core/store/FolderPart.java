package app.holdfast.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of a folder's children, in the order they were found. A small folder is one part, a large one several.
///
/// @param sight with the last part of one that was read to its end; null when nothing is to be noted
public record FolderPart(ScannedFolder folder, List<FoundEntry> children, End end, @Nullable FolderSight sight) {

    /// Of which nothing is noted.
    public FolderPart(ScannedFolder folder, List<FoundEntry> children, End end) {
        this(folder, children, end, null);
    }

    /// MORE: other parts of this folder follow. COMPLETE: what was not in any part is not on the disk. BROKEN_OFF:
    /// not all could be read, so absence means nothing.
    public enum End { MORE, COMPLETE, BROKEN_OFF }

    public FolderPart {
        children = List.copyOf(children);
    }
}
