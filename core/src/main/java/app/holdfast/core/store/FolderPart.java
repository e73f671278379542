package app.holdfast.core.store;

import java.util.List;

/// Some of a folder's children, in the order they were found. A small folder is one part, a large one several.
public record FolderPart(ScannedFolder folder, List<FoundEntry> children, End end) {

    /// MORE: other parts of this folder follow. COMPLETE: what was not in any part is not on the disk. BROKEN_OFF:
    /// not all could be read, so absence means nothing.
    public enum End { MORE, COMPLETE, BROKEN_OFF }

    public FolderPart {
        children = List.copyOf(children);
    }
}
