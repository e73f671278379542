package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.store.MissingRows.Likeness;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What becomes of rows that a scan did not find under their name (ADR 130).
///
/// A folder's node is in one place only, so its row moves as soon as the folder is seen elsewhere, and all below it
/// stays as it is. A file may have several names: at the end of the scan a row that was not found takes the place of
/// one that this scan put in, when both have one node, or else the same name, size and time and no third has. What is
/// left then is gone. Confined to the writer.
final class MovedEntries {

    /// More new rows than these are matched by their node alone.
    private static final int NAMED_MAX = 50_000;
    private static final int FOLDERS_DEEP_MAX = 4_096;
    private static final long TWICE = -2;

    private final Prepared prepared;
    private final EntryStatements statements;

    MovedEntries(Prepared prepared, EntryStatements statements) {
        this.prepared = prepared;
        this.statements = statements;
    }

    boolean hasRows(long location) throws SQLException {
        PreparedStatement select = prepared.statement("select 1 from entry where parent is null and location = ?"
                + " limit 1");
        select.setLong(1, location);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /// The row of the folder that has this node; null when there is none, or the parent lies below it.
    @Nullable KnownEntry folderElsewhere(long location, long node, long parent) throws SQLException {
        PreparedStatement select = prepared.statement("select key, id, size, modified from entry_node"
                + " join entry on key = entry where node = ? and folder = 1 and location = ? and kind = "
                + EntryKind.DIRECTORY.code() + " limit 1");
        select.setLong(1, node);
        select.setLong(2, location);
        KnownEntry known;
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            known = new KnownEntry(row.getLong(1), Ids.uuid(row.getBytes(2)), EntryKind.DIRECTORY, row.getLong(3),
                    row.getLong(4), node);
        }
        return isAbove(known.key(), parent) ? null : known;
    }

    /// Walks down from the location's top.
    ///
    /// @return the folder's key, or [ScannedFolder#NOWHERE]
    long folderAt(long location, List<byte[]> names) throws SQLException {
        PreparedStatement select = prepared.statement("select key from entry where location = ? and parent is ?"
                + " and name = ? and (raw_name is null or raw_name = ?) and kind = 1 limit 1");
        long at = ScannedFolder.TOP;
        for (byte[] name : names) {
            select.setLong(1, location);
            EntryStatements.setParent(select, 2, at);
            select.setString(3, new String(name, StandardCharsets.UTF_8));
            select.setBytes(4, name);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return ScannedFolder.NOWHERE;
                }
                at = row.getLong(1);
            }
        }
        return at;
    }

    private boolean isAbove(long folder, long below) throws SQLException {
        long at = below;
        for (int i = 0; i < FOLDERS_DEEP_MAX && at != ScannedFolder.TOP; i++) {
            if (at == folder) {
                return true;
            }
            PreparedStatement select = prepared.statement("select parent from entry where key = ?");
            select.setLong(1, at);
            try (ResultSet row = select.executeQuery()) {
                at = row.next() ? row.getLong(1) : ScannedFolder.TOP;
            }
        }
        return at != ScannedFolder.TOP;
    }

    void moveFolder(long key, long parent, FoundEntry found, StreamPen pen) throws SQLException {
        PreparedStatement update = prepared.statement("update entry set parent = ?, name = ?, raw_name = ?, kind = ?,"
                + " size = ?, modified = ?, claim = ?, sequence = ? where key = ?");
        EntryStatements.setParent(update, 1, parent);
        update.setString(2, found.name());
        update.setBytes(3, found.rawName());
        update.setLong(4, found.kind().code());
        update.setLong(5, found.size());
        update.setLong(6, found.modifiedMillis());
        update.setLong(7, pen.claim());
        update.setLong(8, pen.next());
        update.setLong(9, key);
        update.executeUpdate();
    }

    /// @param rows at most
    /// @return nothing when all is done
    /// @throws CoreException.MostlyGone when most of the location would go, and no person has said that it may
    EntryMerge.Merged settle(ScanRows scan, StreamPen pen, long location, int rows)
            throws SQLException, CoreException {
        MissingRows missing = scan.missing();
        boolean mayHaveMoved = scan.hasInserted();
        if (!missing.isEmpty() && missing.prepare()) {
            if (mayHaveMoved) {
                listFilesBelow(missing, location);
                listNew(scan, location);
                missing.setNewNodes(NewNodes.read(prepared, scan.firstKey()));
            }
            if (!scan.isConfirmed()) {
                MostlyGone.check(prepared, scan, location, key -> hasMoved(scan, location, key));
            }
        }
        int left = rows;
        long updated = 0;
        for (long file : missing.filesBelow().take(left)) {
            updated += move(scan, pen, location, file) ? 1 : 0;
            left--;
        }
        List<Long> gone = new ArrayList<>();
        for (long file : missing.files().take(left)) {
            if (mayHaveMoved && move(scan, pen, location, file)) {
                updated++;
            } else if (remove(pen, file)) {
                gone.add(file);
            }
            left--;
        }
        long removed = statements.delete(gone);
        for (Iterator<Long> folders = missing.folders().iterator(); left > 0 && folders.hasNext(); left--) {
            long folder = folders.next();
            folders.remove();
            removed += remove(pen, folder) ? statements.deleteFolder(folder, location) : 0;
        }
        return new EntryMerge.Merged(0, updated, removed);
    }

    private boolean remove(StreamPen pen, long key) throws SQLException {
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

    private void listFilesBelow(MissingRows missing, long location) throws SQLException {
        PreparedStatement select = prepared.statement("""
                with recursive below(key) as (values (?)
                union all select e.key from entry e join below b on e.parent = b.key and e.location = ? and e.kind = 1)
                select e.key from entry e join below b on e.parent = b.key and e.location = ? where e.kind <> 1""");
        for (long folder : missing.folders()) {
            select.setLong(1, folder);
            select.setLong(2, location);
            select.setLong(3, location);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    missing.filesBelow().add(row.getLong(1));
                }
            }
        }
    }

    private void listNew(ScanRows scan, long location) throws SQLException {
        PreparedStatement select = prepared.statement("select key, name, size, modified from entry"
                + " where key > ? and location = ? and kind = 0 and size > 0 limit " + (NAMED_MAX + 1));
        select.setLong(1, scan.firstKey());
        select.setLong(2, location);
        Map<Likeness, Long> named = scan.missing().newByLikeness();
        int count = 0;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                var likeness = new Likeness(row.getString(2), row.getLong(3), row.getLong(4));
                named.merge(likeness, row.getLong(1), (_, _) -> TWICE);
                count++;
            }
        }
        if (count > NAMED_MAX) {
            named.clear();
        }
    }

    /// A row as it is before it moves.
    private record Row(long node, long kind, Likeness likeness) {}

    private @Nullable Row row(long key) throws SQLException {
        PreparedStatement select = prepared.statement("select node, kind, name, size, modified from entry"
                + " left join entry_node on entry = key where key = ?");
        select.setLong(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? new Row(row.getLong(1), row.getLong(2),
                    new Likeness(row.getString(3), row.getLong(4), row.getLong(5))) : null;
        }
    }

    /// Whether there is a new row that this one would take the place of.
    private boolean hasMoved(ScanRows scan, long location, long key) throws SQLException {
        Row known = row(key);
        return known != null && placeOf(scan, location, known) >= 0;
    }

    private long placeOf(ScanRows scan, long location, Row known) throws SQLException {
        long place = known.node == 0 ? EntryStatements.NONE : newWithNode(scan, location, known.node);
        return place == EntryStatements.NONE
                ? scan.missing().newByLikeness().getOrDefault(known.likeness, EntryStatements.NONE) : place;
    }

    /// @return whether the row stands elsewhere now
    private boolean move(ScanRows scan, StreamPen pen, long location, long key) throws SQLException {
        Row known = row(key);
        if (known == null) {
            return false;
        }
        long place = placeOf(scan, location, known);
        if (place < 0 || !takePlace(key, place, pen)) {
            return false;
        }
        scan.missing().newByLikeness().values().remove(place);
        return true;
    }

    private long newWithNode(ScanRows scan, long location, long node) throws SQLException {
        PreparedStatement select = prepared.statement("select 1 from entry where key = ? and location = ?"
                + " and kind <> 1");
        for (long key : scan.missing().newNodes().of(node)) {
            select.setLong(1, key);
            select.setLong(2, location);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return key;
                }
            }
        }
        return EntryStatements.NONE;
    }

    /// Two statements for one row: the new row is copied from before it goes.
    private boolean takePlace(long key, long place, StreamPen pen) throws SQLException {
        PreparedStatement update = prepared.statement("""
                update entry as e set (parent, name, raw_name, kind, size, modified, sample, content) =
                (select parent, name, raw_name, kind, size, modified, iif(size = e.size and modified = e.modified,
                e.sample, sample), iif(size = e.size and modified = e.modified, e.content, content)
                from entry where key = ?),
                claim = ?, sequence = ? where key = ? and exists (select 1 from entry where key = ?)""");
        update.setLong(1, place);
        update.setLong(2, pen.claim());
        update.setLong(3, pen.next());
        update.setLong(4, key);
        update.setLong(5, place);
        if (update.executeUpdate() == 0) {
            return false;
        }
        PreparedStatement node = prepared.statement("insert into entry_node (entry, node, folder) select ?, node,"
                + " 0 from entry_node where entry = ? on conflict do update set node = excluded.node");
        node.setLong(1, key);
        node.setLong(2, place);
        node.executeUpdate();
        remove(pen, place);
        statements.delete(List.of(place));
        return true;
    }
}
