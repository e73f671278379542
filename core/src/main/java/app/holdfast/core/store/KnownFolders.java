package app.holdfast.core.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What earlier scans saw in the folders of a location, as it is when a scan begins (ADR 240). Not changed once read;
/// any thread.
///
/// Only that scan writes rows of the location while it runs, and it looks at each folder once, so what was read stays
/// true of every folder until the scan comes to it.
public final class KnownFolders {

    /// Folders beyond these are compared row by row. One costs about 150 bytes while the scan runs.
    private static final int FOLDERS_MAX = 400_000;

    private static final KnownFolders NONE = new KnownFolders(Map.of());

    /// @param key      of its row, 0 for the top
    /// @param first    with `second` a digest, both 0 when its rows may be others than were seen
    /// @param children as many as its rows
    public record Known(long key, long first, long second, long children) {

        /// Whether the rows are what a walk sees now.
        public boolean isLike(long firstNow, long secondNow) {
            return first != 0 && first == firstNow && second == secondNow;
        }
    }

    private record Place(long parent, long node, long name) {}

    private static final Place TOP = new Place(ScannedFolder.TOP, 0, 0);

    private final Map<Place, Known> folders;

    private KnownFolders(Map<Place, Known> folders) {
        this.folders = folders;
    }

    /// Nothing is known.
    public static KnownFolders none() {
        return NONE;
    }

    static KnownFolders read(Prepared prepared, long location) throws SQLException {
        PreparedStatement select = prepared.statement("select folder, parent, node, name, first, second, children"
                + " from folder_sight where location = ? limit " + FOLDERS_MAX);
        select.setLong(1, location);
        Map<Place, Known> folders = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long folder = row.getLong(1);
                folders.put(folder < 0 ? TOP : new Place(row.getLong(2), row.getLong(3), row.getLong(4)),
                        new Known(Math.max(folder, ScannedFolder.TOP), row.getLong(5), row.getLong(6),
                                row.getLong(7)));
            }
        }
        return new KnownFolders(folders);
    }

    /// The location's top.
    public @Nullable Known top() {
        return folders.get(TOP);
    }

    /// @param parent key of the folder above
    public @Nullable Known below(long parent, long node, long name) {
        return folders.get(new Place(parent, node, name));
    }
}
