package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
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
import org.jspecify.annotations.Nullable;

/// What becomes of rows that a scan did not find under their name (ADR 130).
///
/// A folder's node is in one place only, so its row moves as soon as the folder is seen elsewhere, and all below it
/// stays as it is. A file may have several names: at the end of the scan a row that was not found takes the place of
/// one that this scan put in, when both have one node, or else the same name, size and time and no third has. Where a
/// filesystem tells no nodes, size and time without the name will do, and a folder goes where its files went (ADR 235).
/// What is left then is gone. Confined to the writer.
final class MovedEntries {

    /// More new rows than these are matched by their node alone.
    private static final int NAMED_MAX = 50_000;
    /// When more rows are missing, none is looked for under another name: each looks at all of its folder.
    private static final int RENAMED_MAX = 10_000;
    private static final int FOLDERS_DEEP_MAX = 4_096;

    private final Prepared prepared;
    private final EntryStatements statements;
    private final MovedFolders folders;

    MovedEntries(Prepared prepared, EntryStatements statements) {
        this.prepared = prepared;
        this.statements = statements;
        this.folders = new MovedFolders(prepared, statements);
    }

    boolean hasRows(long location) throws SQLException {
        PreparedStatement select = prepared.statement("select 1 from entry where parent is null and location = ?"
                + " limit 1");
        select.setLong(1, location);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /// A folder's row, wherever it stands.
    ///
    /// @param identity of its name there
    record Elsewhere(KnownEntry row, String identity) {}

    /// The row of the folder that has this node; null when there is none.
    @Nullable Elsewhere folderElsewhere(long location, long node) throws SQLException {
        PreparedStatement select = prepared.statement("select key, id, size, modified, name, raw_name from entry_node"
                + " join entry on key = entry where node = ? and folder = 1 and location = ? and kind = "
                + EntryKind.DIRECTORY.code() + " limit 1");
        select.setLong(1, node);
        select.setLong(2, location);
        try (ResultSet row = select.executeQuery()) {
            return !row.next() ? null : new Elsewhere(new KnownEntry(row.getLong(1), Ids.uuid(row.getBytes(2)),
                    EntryKind.DIRECTORY, row.getLong(3), row.getLong(4), node),
                    FoundEntry.identity(row.getString(5), row.getBytes(6)));
        }
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

    boolean isAbove(long folder, long below) throws SQLException {
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
        PreparedStatement update = prepared.statement("update or fail entry set parent = ?, name = ?, raw_name = ?,"
                + " kind = ?, size = ?, modified = ?, claim = ?, sequence = ? where key = ?");
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
                listMissing(missing);
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
        MovedFolders.Followed followed = folders.settle(missing, location, pen, left);
        left -= followed.moved();
        updated += followed.moved();
        removed += followed.removed();
        for (Iterator<Long> each = missing.folders().iterator(); left > 0 && each.hasNext(); left--) {
            long folder = each.next();
            each.remove();
            removed += remove(pen, folder) ? statements.deleteFolder(folder, location) : 0;
        }
        return new EntryMerge.Merged(0, updated, removed);
    }

    private boolean remove(StreamPen pen, long key) throws SQLException {
        return MovedFolders.remove(prepared, pen, key);
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
                named.merge(likeness, row.getLong(1), (_, _) -> MissingRows.TWICE);
                named.merge(likeness.renamed(), row.getLong(1), (_, _) -> MissingRows.TWICE);
                count++;
            }
        }
        if (count > NAMED_MAX) {
            named.clear();
        }
    }

    /// What may have been renamed: only what looks as something new does.
    private void listMissing(MissingRows missing) throws SQLException {
        if (missing.newByLikeness().isEmpty() || missing.files().size() + missing.filesBelow().size() > RENAMED_MAX) {
            return;
        }
        for (MissingRows.Keys keys : List.of(missing.files(), missing.filesBelow())) {
            for (int i = 0; i < keys.size(); i++) {
                Row row = row(keys.at(i));
                if (row != null) {
                    missing.missingByLikeness().merge(row.likeness.renamed(), keys.at(i), (_, _) -> MissingRows.TWICE);
                }
            }
        }
    }

    /// A row as it is before it moves.
    private record Row(long node, long kind, long parent, Likeness likeness) {}

    private @Nullable Row row(long key) throws SQLException {
        PreparedStatement select = prepared.statement("select node, kind, name, size, modified, parent from entry"
                + " left join entry_node on entry = key where key = ?");
        select.setLong(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? new Row(row.getLong(1), row.getLong(2), MovedFolders.parent(row, 6),
                    new Likeness(row.getString(3), row.getLong(4), row.getLong(5))) : null;
        }
    }

    /// Whether there is a new row that this one would take the place of.
    private boolean hasMoved(ScanRows scan, long location, long key) throws SQLException {
        Row known = row(key);
        return known != null && placeOf(scan, location, key, known) >= 0;
    }

    private long placeOf(ScanRows scan, long location, long key, Row known) throws SQLException {
        long place = known.node == 0 ? EntryStatements.NONE : newWithNode(scan, location, known.node);
        if (place != EntryStatements.NONE) {
            return place;
        }
        Map<Likeness, Long> found = scan.missing().newByLikeness();
        place = found.getOrDefault(known.likeness, EntryStatements.NONE);
        if (place >= 0 || known.node != 0) {
            return place;
        }
        boolean isAlone = scan.missing().missingByLikeness()
                .getOrDefault(known.likeness.renamed(), EntryStatements.NONE) == key;
        long renamed = found.getOrDefault(known.likeness.renamed(), EntryStatements.NONE);
        return isAlone && renamed >= 0 && !hasTwin(location, key, known, renamed) ? renamed : place;
    }

    /// Whether another file in its folder has its size and time: then they tell nothing.
    private boolean hasTwin(long location, long key, Row known, long renamed) throws SQLException {
        PreparedStatement select = prepared.statement("select 1 from entry where parent is ? and location = ?"
                + " and size = ? and modified = ? and key not in (?, ?) limit 1");
        EntryStatements.setParent(select, 1, known.parent);
        select.setLong(2, location);
        select.setLong(3, known.likeness.size());
        select.setLong(4, known.likeness.modifiedMillis());
        select.setLong(5, key);
        select.setLong(6, renamed);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /// @return whether the row stands elsewhere now
    private boolean move(ScanRows scan, StreamPen pen, long location, long key) throws SQLException {
        Row known = row(key);
        if (known == null) {
            return false;
        }
        long place = placeOf(scan, location, key, known);
        Row found = place < 0 ? null : row(place);
        if (found == null || !takePlace(key, place, known.node != 0
                || known.likeness.name().equals(found.likeness.name()), pen)) {
            return false;
        }
        scan.missing().newByLikeness().remove(found.likeness, place);
        scan.missing().newByLikeness().remove(found.likeness.renamed(), place);
        folders.follow(scan, known.parent, found.parent);
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
    ///
    /// @param isSure whether what is known of its content stays known
    private boolean takePlace(long key, long place, boolean isSure, StreamPen pen) throws SQLException {
        PreparedStatement update = prepared.statement("""
                update or fail entry as e set (parent, name, raw_name, kind, size, modified, sample, content) =
                (select parent, name, raw_name, kind, size, modified,
                iif(?1 and size = e.size and modified = e.modified, e.sample, sample),
                iif(?1 and size = e.size and modified = e.modified, e.content, content) from entry where key = ?2),
                claim = ?3, sequence = ?4 where key = ?5 and exists (select 1 from entry where key = ?2)""");
        update.setBoolean(1, isSure);
        update.setLong(2, place);
        update.setLong(3, pen.claim());
        update.setLong(4, pen.next());
        update.setLong(5, key);
        if (update.executeUpdate() == 0) {
            return false;
        }
        PreparedStatement node = prepared.statement("insert or fail into entry_node (entry, node, folder) select ?,"
                + " node, 0 from entry_node where entry = ? on conflict do update set node = excluded.node");
        node.setLong(1, key);
        node.setLong(2, place);
        node.executeUpdate();
        remove(pen, place);
        statements.delete(List.of(place));
        return true;
    }
}
