package app.holdfast.core.store;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Folders of filesystems that tell no nodes, known again by the files that lie in them (ADR 235).
///
/// A missing folder stands where one of its files was found, when the folder there is new, and has its name or lies
/// beside where it lay; so do the folders around it. Confined to the writer.
final class MovedFolders {

    private static final int FOLDERS_DEEP_MAX = 4_096;

    private final Prepared prepared;
    private final EntryStatements statements;

    MovedFolders(Prepared prepared, EntryStatements statements) {
        this.prepared = prepared;
        this.statements = statements;
    }

    private record Folder(long node, long parent, String name) {}

    private @Nullable Folder folder(long key) throws SQLException {
        PreparedStatement select = prepared.statement("select node, parent, name from entry"
                + " left join entry_node on entry = key where key = ? and kind = " + EntryKind.DIRECTORY.code());
        select.setLong(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? new Folder(row.getLong(1), parent(row, 2), row.getString(3)) : null;
        }
    }

    static long parent(ResultSet row, int column) throws SQLException {
        long parent = row.getLong(column);
        return row.wasNull() ? ScannedFolder.TOP : parent;
    }

    /// Notes what folders moved, if a file did.
    ///
    /// @param from the folder that it lay in
    /// @param to   the one that it lies in now
    void follow(ScanRows scan, long from, long to) throws SQLException {
        Map<Long, Long> moved = scan.missing().movedFolders();
        long before = from;
        long now = to;
        for (int i = 0; i < FOLDERS_DEEP_MAX && before != now && now > scan.firstKey(); i++) {
            if (moved.containsKey(before) || moved.containsValue(now)) {
                return;
            }
            Folder one = folder(before);
            Folder other = folder(now);
            if (one == null || other == null || one.node != 0 || !isMissing(scan, before)
                    || !one.name.equals(other.name) && one.parent != other.parent) {
                return;
            }
            moved.put(before, now);
            before = one.parent;
            now = other.parent;
        }
    }

    /// What came of it.
    record Followed(int moved, long removed) {}

    /// Moves folders, once all files have been dealt with.
    ///
    /// @param rows folders at most
    Followed settle(MissingRows missing, long location, StreamPen pen, int rows) throws SQLException {
        if (missing.movedFolders().isEmpty()) {
            return new Followed(0, 0);
        }
        Map<Long, Integer> depths = new HashMap<>();
        for (long folder : missing.movedFolders().keySet()) {
            depths.put(folder, depth(folder));
        }
        // what stays in an outer one goes with it
        List<Long> innerFirst = depths.keySet().stream()
                .sorted(Comparator.comparing((Long folder) -> depths.getOrDefault(folder, 0)).reversed()).toList();
        int moved = 0;
        long removed = 0;
        for (long folder : innerFirst.subList(0, Math.min(Math.max(0, rows), innerFirst.size()))) {
            long place = missing.movedFolders().getOrDefault(folder, EntryStatements.NONE);
            missing.movedFolders().remove(folder);
            missing.found(folder);
            removed += takePlace(folder, place, location, pen);
            moved++;
        }
        return new Followed(moved, removed);
    }

    private int depth(long folder) throws SQLException {
        int depth = 0;
        long at = folder;
        while (depth < FOLDERS_DEEP_MAX && at != ScannedFolder.TOP) {
            Folder above = folder(at);
            at = above == null ? ScannedFolder.TOP : above.parent;
            depth++;
        }
        return depth;
    }

    private boolean isMissing(ScanRows scan, long folder) throws SQLException {
        long at = folder;
        for (int i = 0; i < FOLDERS_DEEP_MAX && at != ScannedFolder.TOP; i++) {
            if (scan.missing().folders().contains(at)) {
                return true;
            }
            Folder above = folder(at);
            at = above == null ? ScannedFolder.TOP : above.parent;
        }
        return false;
    }

    /// Puts a folder in the place of a new one, with all that lies in that. What still lies in its old place is gone.
    ///
    /// @return how many rows were taken out, the new one not counted
    private long takePlace(long folder, long place, long location, StreamPen pen) throws SQLException {
        long removed = empty(folder, location, pen);
        PreparedStatement child = prepared.statement(
                "update or fail entry set parent = ?, claim = ?, sequence = ? where key = ?");
        for (long key : children(place, location)) {
            child.setLong(1, folder);
            child.setLong(2, pen.claim());
            child.setLong(3, pen.next());
            child.setLong(4, key);
            child.executeUpdate();
        }
        PreparedStatement update = prepared.statement("update or fail entry set"
                + " (parent, name, raw_name, kind, size, modified)"
                + " = (select parent, name, raw_name, kind, size, modified from entry where key = ?),"
                + " claim = ?, sequence = ? where key = ?");
        update.setLong(1, place);
        update.setLong(2, pen.claim());
        update.setLong(3, pen.next());
        update.setLong(4, folder);
        update.executeUpdate();
        Folder there = folder(place);
        statements.updateNode(folder, there == null ? 0 : there.node, 1);
        remove(prepared, pen, place);
        statements.delete(List.of(place));
        return removed;
    }

    private long empty(long folder, long location, StreamPen pen) throws SQLException {
        long removed = 0;
        for (long key : children(folder, location)) {
            removed += remove(prepared, pen, key) ? statements.deleteFolder(key, location) : 0;
        }
        return removed;
    }

    private List<Long> children(long folder, long location) throws SQLException {
        PreparedStatement select = prepared.statement("select key from entry where parent = ? and location = ?");
        select.setLong(1, folder);
        select.setLong(2, location);
        List<Long> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(row.getLong(1));
            }
        }
        return keys;
    }

    /// Says that a row goes.
    ///
    /// @return whether there was one
    static boolean remove(Prepared prepared, StreamPen pen, long key) throws SQLException {
        PreparedStatement select = prepared.statement("select id from entry where key = ?");
        select.setLong(1, key);
        UUID id;
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            id = Ids.uuid(row.getBytes(1));
        }
        pen.remove(Models.ENTRY, id);
        return true;
    }
}
