package app.holdfast.core.store;

import app.holdfast.core.store.FolderSight.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Notes what scans saw in folders, so that the next tells at once which are as they were (ADR 240). Confined to the
/// writer.
///
/// A sight stands for the rows of its folder: whatever changes those makes it void, by triggers, and so
/// does what this scan writes until it has read the folder to its end.
final class FolderSights {

    /// Not `or replace`, which would be copied for (ADR 252).
    private static final String PUT = "insert into folder_sight (folder, location, parent, node, name, first, second,"
            + " children) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (folder) do update set location ="
            + " excluded.location, parent = excluded.parent, node = excluded.node, name = excluded.name, first ="
            + " excluded.first, second = excluded.second, children = excluded.children";

    private final Prepared prepared;
    private final List<Seen> waiting = new ArrayList<>();

    /// @param exact whether the rows are what was seen, and none waits for the end of the scan
    private record Seen(ScannedFolder folder, FolderSight sight, boolean exact) {}

    FolderSights(Prepared prepared) {
        this.prepared = prepared;
    }

    KnownFolders known(long location) throws SQLException {
        return KnownFolders.read(prepared, location);
    }

    /// To be noted by [#write], when all rows are written.
    void add(ScannedFolder folder, FolderSight sight, boolean exact) {
        waiting.add(new Seen(folder, sight, exact));
    }

    void write(long location) {
        for (Seen seen : waiting) {
            FolderSight sight = seen.sight;
            long id = id(location, seen.folder.key());
            long first = seen.exact ? sight.first() : 0;
            long second = seen.exact ? sight.second() : 0;
            Place place = sight.place();
            if (place == null) {
                prepared.update("update folder_sight set first = ?, second = ?, children = ? where folder = ?",
                        first, second, sight.children(), id);
            } else {
                long parent = place.parent() == null ? ScannedFolder.TOP : place.parent().key();
                prepared.update(PUT, id, location, parent, place.node(), place.name(), first, second,
                        sight.children());
            }
        }
        waiting.clear();
    }

    /// What an earlier job left when it failed.
    void drop() {
        waiting.clear();
    }

    /// The top of a location has no row.
    private static long id(long location, long folder) {
        return folder == ScannedFolder.TOP ? -location : folder;
    }
}
