package app.holdfast.core.store;

import app.holdfast.core.api.EntryRow;

/// Conditions on the content of `entry e` (ADR 135). One that nothing is known of is true of nothing and not false.
///
/// A content that was read whole is told from all others. A sample proves only that a file is another than those whose
/// samples differ: as long as no file has the same, it is the only copy.
final class CopiesSql {

    private static final String ALONE = "e.content is null and e.sample is not null and not exists"
            + " (select 1 from entry o where o.sample = e.sample and o.key <> e.key)";

    /// How many files have the content, up to a limit; null while that is not known.
    static final String COUNT = "case when e.content is not null then (select count(*) from (select 1 from entry o"
            + " where o.content = e.content limit " + EntryRow.COPIES_MAX + ")) when " + ALONE + " then 1 end";

    /// How many files of a location are known to have copies or none, and how many have none; takes the location's id.
    static final String COUNTS = "select count(*), coalesce(sum(lone), 0) from (select case when e.content is null"
            + " then 1 else not exists (select 1 from entry o where o.content = e.content and o.key <> e.key) end lone"
            + " from entry e where e.location = (select key from location where id = ?) and e.claim is not null"
            + " and (e.content is not null or " + ALONE + "))";

    private CopiesSql() {
    }

    /// @param least at least 1
    static String number(long least, long most) {
        String whole = "e.content in (select content from entry where content is not null group by content"
                + " having count(*) between " + least + " and " + most + ")";
        return "coalesce(" + whole + (least <= 1 && most >= 1 ? " or " + ALONE : "") + ", 0)";
    }

    /// The same, counted for the one row.
    static String numberOf(long least, long most) {
        long enough = most == Long.MAX_VALUE ? least : most + 1;
        return "coalesce((select count(*) from (select 1 from entry o where o.content = e.content limit " + enough
                + ")) between " + least + " and " + most + (least <= 1 && most >= 1 ? " or " + ALONE : "") + ", 0)";
    }

    /// All copies lie in these locations. Each content is looked at once, however many files have it.
    ///
    /// @param locations a select of their keys
    /// @param again     the same, with values of its own
    /// @param oncemore  and again
    static String allIn(String locations, String again, String oncemore) {
        return "e.location in " + locations + " and (e.content in (select c.content from (select distinct content"
                + " from entry where content is not null and location in " + again + ") c where not exists (select 1"
                + " from entry o where o.content = c.content and o.location not in " + oncemore + ")) or " + ALONE
                + ")";
    }
}
