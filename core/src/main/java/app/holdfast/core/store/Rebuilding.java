package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Rebuilt;
import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a catalogue anew from what can still be read of one with damaged pages (ADR 247). The damaged file is kept
/// beside it. Of shared records that lay on such a page the indexes know the names: their dots count as lost, not as
/// removed, and are got again from other devices (ADR 231). Entries that lay on one get back their id, place and name
/// from the indexes, and the rest from the next scan or from their device. What is made from other rows is made again
/// when the library is opened.
///
/// Nothing else may have the library open.
public final class Rebuilding {

    /// Set in the new catalogue until it was opened and mended.
    static final String SETTING = "rebuilt";

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilding.class);
    /// Without all of these nobody knows what the rest says.
    private static final Set<String> NEEDED = Set.of("author", "self", "vector", "trail", "fork", "claim", "stream");
    /// Made from other rows, or only for a while.
    private static final Set<String> MADE = Set.of("leaf", "stale_leaf", "folder_sight", "search_state", "search_stale",
            "stage", "stage_vector", "stage_want", "stage_drop", "stage_record");
    private static final String NAMES = """
            select author, sequence, record from shared_dot indexed by shared_dot_record where record is not null""";
    private static final String MODELS = """
            select author, sequence, model from shared_dot indexed by shared_dot_model
            where model <> 'assignment' and record is not null""";

    private final Path data;
    private final Connection from;
    private final Connection to;
    private final Map<String, Long> lost = new TreeMap<>();
    private long rows;

    private Rebuilding(Path data, Connection from, Connection to) {
        this.data = data;
        this.from = from;
        this.to = to;
    }

    /// Does it.
    ///
    /// @throws CoreException when the library is open elsewhere, the disk is full, or what is needed cannot be read:
    ///         then everything is as it was
    public static Rebuilt rebuild(Path data) throws CoreException {
        if (!LibraryFiles.exist(data)) {
            throw new CoreException.NotInitialised(data);
        }
        try (LibraryFiles files = LibraryFiles.lock(data)) {
            Rebuilding rebuilding = copied(files, data);
            return new Rebuilt(rebuilding.rows, rebuilding.lost, files.replaceCatalogue());
        } catch (SQLException e) {
            throw LibraryFiles.failure(data.resolve("database.db"), e);
        }
    }

    private static Rebuilding copied(LibraryFiles files, Path data) throws CoreException, SQLException {
        files.makeNewCatalogue();
        try (Connection from = files.damagedCatalogue(); Connection to = files.newCatalogue()) {
            Rebuilding rebuilding = new Rebuilding(data, from, to);
            rebuilding.run();
            return rebuilding;
        }
    }

    private void run() throws CoreException, SQLException {
        to.setAutoCommit(false);
        Map<String, String> triggers = named("trigger");
        for (String trigger : triggers.keySet()) {
            execute("drop trigger " + trigger);
        }
        for (String table : named("table").keySet()) {
            if (!MADE.contains(table) && !table.startsWith("entry_fts") && !table.startsWith("flyway_")) {
                copy(table);
            }
        }
        nameLostDots();
        if (lost.containsKey("entry")) {
            nameLostEntries();
        }
        distrust();
        for (String sql : triggers.values()) {
            execute(sql);
        }
        to.commit();
        to.setAutoCommit(true);
        execute("pragma wal_checkpoint(truncate)");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = to.createStatement()) {
            statement.execute(sql);
        }
    }

    /// What the new catalogue has of a type, with how it is made.
    private Map<String, String> named(String type) throws SQLException {
        var named = new LinkedHashMap<String, String>();
        try (var select = to.prepareStatement("select name, sql from sqlite_schema where type = ?"
                + " and name not like 'sqlite_%'")) {
            select.setString(1, type);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    named.put(row.getString(1), row.getString(2));
                }
            }
        }
        return named;
    }

    private void copy(String table) throws CoreException, SQLException {
        var copying = new TableCopy(from, to, table);
        copying.run();
        rows += copying.copied();
        if (!copying.isWhole()) {
            LOG.warn("some of a table cannot be read table={}", table);
            if (NEEDED.contains(table)) {
                throw refused(table);
            }
            lost.put(table, 0L);
        }
    }

    private CoreException refused(String table) {
        return new CoreException.DamagedLibrary(data.resolve("database.db"), "and cannot be made anew, as nobody can read its"
                + " table " + table);
    }

    /// Dots that a page has lost count as lost: taken for removed, their records would go on all devices.
    private void nameLostDots() throws CoreException, SQLException {
        Map<String, String> models = new TreeMap<>();
        List<Object[]> missing = new ArrayList<>();
        try (var select = from.createStatement();
                var known = to.prepareStatement("select 1 from shared_dot where author = ? and sequence = ?")) {
            try (var row = select.executeQuery(NAMES)) {
                while (row.next()) {
                    known.setLong(1, row.getLong(1));
                    known.setLong(2, row.getLong(2));
                    try (var there = known.executeQuery()) {
                        if (!there.next()) {
                            missing.add(new Object[] {row.getLong(1), row.getLong(2), row.getBytes(3)});
                        }
                    }
                }
            }
            if (!missing.isEmpty()) {
                try (var row = select.executeQuery(MODELS)) {
                    while (row.next()) {
                        models.put(row.getLong(1) + " " + row.getLong(2), row.getString(3));
                    }
                }
            }
        } catch (SQLException e) {
            LOG.warn("the names of changes cannot be read", e);
            if (lost.containsKey("shared_dot")) {
                throw refused("shared_dot");
            }
        }
        try (var insert = to.prepareStatement("insert into shared_dot (author, sequence, model, record, snapshot, sum)"
                + " values (?, ?, ?, ?, ?, ?)")) {
            byte[] nothing = ChangeCodec.encode(new Snapshot(new TreeMap<>()));
            for (Object[] dot : missing) {
                insert.setObject(1, dot[0]);
                insert.setObject(2, dot[1]);
                insert.setString(3, models.getOrDefault(dot[0] + " " + dot[1], "assignment"));
                insert.setObject(4, dot[2]);
                insert.setBytes(5, nothing);
                insert.setLong(6, LostDots.NO_SUM);
                insert.executeUpdate();
            }
        }
        if (!missing.isEmpty()) {
            lost.put("shared_dot", (long) missing.size());
        }
    }

    /// Id, place, name and stamp of an entry stand in one index each.
    private void nameLostEntries() throws SQLException {
        Map<Long, byte[]> ids = new TreeMap<>();
        try (var select = from.createStatement();
                var row = select.executeQuery("select key, id from entry indexed by sqlite_autoindex_entry_1"
                        + " where id is not null order by id");
                var known = to.prepareStatement("select 1 from entry where key = ?")) {
            while (row.next()) {
                known.setLong(1, row.getLong(1));
                try (var there = known.executeQuery()) {
                    if (!there.next()) {
                        ids.put(row.getLong(1), row.getBytes(2));
                    }
                }
            }
        } catch (SQLException e) {
            LOG.warn("some of the ids of entries cannot be read", e);
        }
        Map<Long, long[]> stamps = new TreeMap<>();
        try (var select = from.createStatement();
                var row = select.executeQuery("select key, claim, sequence from entry indexed by entry_stamp"
                        + " where claim is not null order by claim, sequence")) {
            while (row.next()) {
                if (ids.containsKey(row.getLong(1))) {
                    stamps.put(row.getLong(1), new long[] {row.getLong(2), row.getLong(3)});
                }
            }
        } catch (SQLException e) {
            LOG.warn("some of the stamps of entries cannot be read", e);
        }
        long found = 0;
        try (var select = from.createStatement();
                var row = select.executeQuery("select key, parent, location, name from entry indexed by entry_folder"
                        + " order by parent, location, name");
                var insert = to.prepareStatement("insert or ignore into entry (key, id, claim, sequence, location,"
                        + " parent, name, kind, size, modified) values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)")) {
            while (row.next()) {
                long key = row.getLong(1);
                long[] stamp = stamps.get(key);
                if (stamp != null) {
                    insert.setLong(1, key);
                    insert.setBytes(2, ids.get(key));
                    insert.setLong(3, stamp[0]);
                    insert.setLong(4, stamp[1]);
                    insert.setLong(5, row.getLong(3));
                    insert.setObject(6, row.getObject(2));
                    insert.setString(7, row.getString(4));
                    found += insert.executeUpdate();
                }
            }
        } catch (SQLException e) {
            LOG.warn("some of the names of entries cannot be read", e);
        }
        execute("update entry set kind = 1 where size = 0 and modified = 0 and key in (select parent from entry)");
        execute("update entry set parent = null where parent not in (select key from entry)");
        lost.put("entry", ids.size() - found);
    }

    /// What hashes to what is found out anew, and others' streams are compared with their sources.
    private void distrust() throws SQLException {
        for (String table : List.of("entry", "device", "volume", "location", "other_row")) {
            execute("insert or ignore into stale_leaf select distinct claim, sequence / 512 from " + table
                    + " where claim is not null");
        }
        execute("update stream set floor = max(floor, mark)");
        execute("update stream set mark = -1, root = null, signature = null where claim in"
                + " (select key from claim where owner <> (select device from self))");
        execute("insert or replace into setting (name, value) values ('" + SETTING + "', 'now')");
    }

    /// What is left to do once the new catalogue has been opened: making what is made from other rows, and giving our
    /// streams another cut, as they may have lost rows.
    ///
    /// @return whether there was anything to do
    static boolean mend(Transaction tx, ChangeLog log) {
        Prepared prepared = tx.state().prepared();
        if (!prepared.finds("select 1 from setting where name = ?", SETTING)) {
            return false;
        }
        var _ = tx.doctoring().repair(log);
        tx.streams().all().stream().filter(OwnedStreams.Holding::own).map(held -> held.claim().subject())
                .forEach(subject -> tx.pen(subject).remove(Models.ENTRY, subject)); // which is none
        prepared.update("delete from setting where name = ?", SETTING);
        return true;
    }
}
