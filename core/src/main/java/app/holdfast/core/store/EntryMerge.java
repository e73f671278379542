package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.clock.TimeOrderedIds;
import app.holdfast.core.model.EntryKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Makes the rows of a location equal to what a scan found, folder by folder (ADR 42).
///
/// A row that is right already is not written. A row whose name is not there waits for the end of the scan: what it
/// stands for may turn up under another name, and then it is the row that moves (ADR 130).
///
/// Confined to the writer; its statements live as long as its connection.
public final class EntryMerge {

    /// What a merge wrote.
    ///
    /// @param removed rows, those below a removed folder included
    public record Merged(long inserted, long updated, long removed) {
        public boolean isNothing() {
            return inserted == 0 && updated == 0 && removed == 0;
        }
    }

    private final EntryStatements statements;
    private final MovedEntries moves;
    private final FolderSights sights;
    private final TimeOrderedIds ids;

    EntryMerge(Connection connection, TimeOrderedIds ids) {
        Prepared prepared = new Prepared(connection);
        this.statements = new EntryStatements(prepared);
        this.moves = new MovedEntries(prepared, statements);
        this.sights = new FolderSights(prepared);
        this.ids = ids;
    }

    /// What earlier scans saw, for one that is about to read the whole location. To be asked before its first merge.
    public KnownFolders known(ScanRows scan, StreamPen pen) throws CoreException {
        try {
            long location = statements.locationKey(scan.location().value());
            scan.begin(pen, true);
            scan.end(pen);
            return location == EntryStatements.NONE ? KnownFolders.none() : sights.known(location);
        } catch (SQLException e) {
            throw new DataAccessException("beginning a scan", e);
        }
    }

    /// @param pen   of the stream of the location's volume
    /// @param parts in the order in which they were read: a folder after the part of its parent that names it
    /// @throws CoreException.NotFound when the location has been taken out of the library meanwhile
    /// @throws CoreException.Refused when an earlier merge of this scan was undone
    public Merged merge(ScanRows scan, StreamPen pen, List<FolderPart> parts) throws CoreException {
        try {
            long location = statements.locationKey(scan.location().value());
            if (location == EntryStatements.NONE) {
                throw new CoreException.NotFound("location", scan.location().toString());
            }
            scan.begin(pen, !scan.hasInserted() || statements.isEntry(scan.lastKey(), scan.lastId()));
            sights.drop();
            Run run = new Run(scan, pen, statements.startInserting(location, pen.claim()));
            if (!scan.hasStarted()) {
                scan.starts(run.inserts.greatestKey(), moves.hasRows(location));
            }
            scan.goesOnAfter(run.inserts.greatestKey());
            for (FolderPart part : parts) {
                run.merge(part);
            }
            run.end();
            scan.end(pen);
            return new Merged(run.inserted, run.updated, 0);
        } catch (SQLException e) {
            throw new DataAccessException("merging a scan", e);
        }
    }

    /// Deals with some of what was not found, once all folders have been merged: moves it or takes it out. To be
    /// called until it has nothing to do.
    ///
    /// @param rows to deal with at most; what lies below a folder does not count
    public Merged settle(ScanRows scan, StreamPen pen, int rows) throws CoreException {
        try {
            long location = statements.locationKey(scan.location().value());
            if (location == EntryStatements.NONE) {
                throw new CoreException.NotFound("location", scan.location().toString());
            }
            scan.begin(pen, !scan.hasInserted() || statements.isEntry(scan.lastKey(), scan.lastId()));
            scan.settles();
            Merged settled = moves.settle(scan, pen, location, rows);
            scan.end(pen);
            return settled;
        } catch (SQLException e) {
            throw new DataAccessException("ending a scan", e);
        }
    }

    private final class Run {
        private final ScanRows scan;
        private final StreamPen pen;
        private final EntryStatements.Inserts inserts;
        private long inserted;
        private long updated;

        private Run(ScanRows scan, StreamPen pen, EntryStatements.Inserts inserts) {
            this.scan = scan;
            this.pen = pen;
            this.inserts = inserts;
        }

        private void merge(FolderPart part) throws SQLException {
            ScannedFolder folder = part.folder();
            if (!folder.names().isEmpty()) {
                inserts.flush();
                folder.isRow(moves.folderAt(inserts.location(), folder.names()), false);
            }
            if (folder.key() == ScannedFolder.NOWHERE) {
                part.children().stream().map(FoundEntry::folder).filter(Objects::nonNull)
                        .forEach(below -> below.isRow(ScannedFolder.NOWHERE, false));
                return;
            }
            Map<String, KnownEntry> notYetFound = folder.notYetFound();
            if (notYetFound == null) {
                notYetFound = folder.isNew() ? new HashMap<>()
                        : statements.children(inserts.location(), folder.key());
                folder.setNotYetFound(notYetFound);
            }
            for (FoundEntry found : part.children()) {
                merge(folder, found, notYetFound.isEmpty() ? null : notYetFound.remove(found.identity()));
            }
            switch (part.end()) {
                case MORE -> { }
                case BROKEN_OFF -> folder.setNotYetFound(null);
                case COMPLETE -> {
                    for (KnownEntry gone : notYetFound.values()) {
                        remove(folder, gone);
                    }
                    folder.setNotYetFound(null);
                    if (part.sight() != null) {
                        sights.add(folder, part.sight(), !folder.isInexact());
                    }
                }
            }
        }

        private void merge(ScannedFolder folder, FoundEntry found, @Nullable KnownEntry known) throws SQLException {
            long parent = folder.key();
            if (known != null && known.mayBecome(found)) {
                keep(known, found);
                return;
            }
            if (known != null) {
                remove(folder, known);
            }
            if (found.kind() == EntryKind.DIRECTORY && found.node() != 0 && scan.hadRows()) {
                MovedEntries.Elsewhere elsewhere = moves.folderElsewhere(inserts.location(), found.node());
                if (elsewhere != null) {
                    inserts.flush(); // the row may go into one that was just put in
                }
                if (elsewhere != null && !moves.isAbove(elsewhere.row().key(), parent)) {
                    moveHere(folder, elsewhere, found);
                    return;
                }
            }
            UUID id = ids.next();
            long key = inserts.add(parent, found, id, pen.next());
            scan.inserted(key, id);
            inserted++;
            if (found.folder() != null) {
                found.folder().isRow(key, true);
            }
        }

        /// A name in this folder that it had is free: what is found there is another folder.
        private void moveHere(ScannedFolder folder, MovedEntries.Elsewhere elsewhere, FoundEntry found)
                throws SQLException {
            long key = elsewhere.row().key();
            scan.missing().found(key);
            moves.moveFolder(key, folder.key(), found, pen);
            updated++;
            Map<String, KnownEntry> notYetFound = folder.notYetFound();
            KnownEntry namesake = notYetFound == null ? null : notYetFound.get(elsewhere.identity());
            if (notYetFound != null && namesake != null && namesake.key() == key) {
                notYetFound.remove(elsewhere.identity());
            }
            goOn(elsewhere.row(), found);
        }

        private void keep(KnownEntry known, FoundEntry found) throws SQLException {
            if (!known.isLike(found)) {
                statements.update(known.key(), found, pen.claim(), pen.next());
                updated++;
            }
            if (known.node() != found.node()) {
                statements.updateNode(known.key(), found);
            }
            goOn(known, found);
        }

        private void goOn(KnownEntry known, FoundEntry found) {
            if (found.folder() != null) {
                found.folder().isRow(known.key(), false);
            }
        }

        private void end() throws SQLException {
            inserts.flush();
            sights.write(inserts.location());
        }

        private void remove(ScannedFolder folder, KnownEntry gone) {
            folder.becomesInexact();
            scan.missing().add(gone);
        }
    }
}
