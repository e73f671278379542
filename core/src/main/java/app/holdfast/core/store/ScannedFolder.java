package app.holdfast.core.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A folder of one running scan, from the merge of its parent's listing, which finds its row, to the end of its own.
///
/// Made by the scan, used by the writer alone. What it learns in a merge that is undone is wrong; [ScanRows] sees to
/// it that none is built on that.
public final class ScannedFolder {

    /// The location's top has no row.
    static final long TOP = 0;
    private static final long UNKNOWN = -1;
    /// It was looked for, and there is no such row.
    static final long NOWHERE = -2;

    private long key;
    private boolean isNew;
    private boolean isInexact;
    private @Nullable Map<String, KnownEntry> notYetFound;
    private final List<byte[]> names;

    private ScannedFolder(long key, List<byte[]> names) {
        this.key = key;
        this.names = names;
    }

    /// The folder that the location is.
    public static ScannedFolder top() {
        return new ScannedFolder(TOP, List.of());
    }

    /// A folder below the top, to be named in its parent's part first.
    public static ScannedFolder below() {
        return new ScannedFolder(UNKNOWN, List.of());
    }

    /// A folder that an earlier scan found.
    ///
    /// @param names one for each step from the top, in the bytes of the filesystem; some
    public static ScannedFolder at(List<byte[]> names) {
        return new ScannedFolder(UNKNOWN, List.copyOf(names));
    }

    /// A folder that is where an earlier scan found it.
    ///
    /// @param key of its row
    public static ScannedFolder known(long key) {
        return new ScannedFolder(key, List.of());
    }

    /// The way to it that is still to be gone; empty when its row is known or its parent is to name it.
    List<byte[]> names() {
        return key == UNKNOWN ? names : List.of();
    }

    void isRow(long row, boolean justInserted) {
        key = row;
        isNew = justInserted;
    }

    long key() {
        if (key == UNKNOWN) {
            throw new IllegalStateException("a folder was listed before its parent");
        }
        return key;
    }

    /// Whether the database cannot know children of it.
    boolean isNew() {
        return isNew;
    }

    /// Whether rows of it wait for the end of the scan.
    boolean isInexact() {
        return isInexact;
    }

    void becomesInexact() {
        isInexact = true;
    }

    /// Rows of it that no part has named so far; null before the first part.
    @Nullable Map<String, KnownEntry> notYetFound() {
        return notYetFound;
    }

    void setNotYetFound(@Nullable Map<String, KnownEntry> rows) {
        notYetFound = rows;
    }
}
