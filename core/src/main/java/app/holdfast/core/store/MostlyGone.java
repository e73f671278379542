package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Whether a scan found more than half of a location gone: then a person is asked before anything is taken out (ADR
/// 113). Only files count, so that one missing folder counts as what lay in it. Confined to the writer.
final class MostlyGone {

    /// Fewer files may go without asking.
    static final int FILES_MIN = 100;
    /// So many of the missing rows are looked at to tell how many of them have merely moved.
    private static final int SAMPLE_MAX = 2_000;

    /// Tells of a missing row whether it only moved.
    @FunctionalInterface
    interface Moved {
        boolean test(long key) throws SQLException;
    }

    private MostlyGone() {
    }

    /// @param scan whose missing rows are known, and none dealt with yet
    static void check(Prepared prepared, ScanRows scan, long location, Moved moved)
            throws SQLException, CoreException.MostlyGone {
        MissingRows missing = scan.missing();
        long below = missing.filesBelow().isEmpty() ? filesBelow(prepared, missing, location)
                : missing.filesBelow().size();
        long gone = missing.files().size() + below;
        long least = isGuessed(prepared, location) ? 0 : FILES_MIN;
        if (gone <= least) {
            return;
        }
        long all = known(prepared, location, scan);
        if (2 * gone > all) {
            gone -= Math.round(movedShare(missing, moved) * gone);
        }
        if (gone > least && 2 * gone > all) {
            throw new CoreException.MostlyGone(gone, all);
        }
    }

    private static double movedShare(MissingRows missing, Moved moved) throws SQLException {
        int size = missing.files().size() + missing.filesBelow().size();
        int looked = 0;
        int found = 0;
        int step = Math.max(1, size / SAMPLE_MAX);
        for (int i = 0; i < size; i += step) {
            int inFiles = missing.files().size();
            long key = i < inFiles ? missing.files().at(i) : missing.filesBelow().at(i - inFiles);
            found += moved.test(key) ? 1 : 0;
            looked++;
        }
        return looked == 0 ? 0 : (double) found / looked;
    }

    /// Whether its filesystem was only taken for the volume's, as it is like it, and has not been scanned yet.
    private static boolean isGuessed(Prepared prepared, long location) {
        return prepared.finds("select 1 from location l join volume v on v.key = l.volume join volume_here h"
                + " on h.volume = v.id where l.key = ? and h.guessed <> 0", location);
    }

    /// Files of the location that were known before the scan.
    private static long known(Prepared prepared, long location, ScanRows scan) throws SQLException {
        PreparedStatement select = prepared.statement(
                "select count(*) from entry where location = ? and kind <> 1 and key <= ?");
        select.setLong(1, location);
        select.setLong(2, scan.firstKey());
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static long filesBelow(Prepared prepared, MissingRows missing, long location) throws SQLException {
        PreparedStatement select = prepared.statement("""
                with recursive below(key) as (values (?)
                union all select e.key from entry e join below b on e.parent = b.key and e.location = ? and e.kind = 1)
                select count(*) from entry e join below b on e.parent = b.key and e.location = ? where e.kind <> 1""");
        long count = 0;
        for (long folder : missing.folders()) {
            select.setLong(1, folder);
            select.setLong(2, location);
            select.setLong(3, location);
            try (ResultSet row = select.executeQuery()) {
                count += row.next() ? row.getLong(1) : 0;
            }
        }
        return count;
    }
}
