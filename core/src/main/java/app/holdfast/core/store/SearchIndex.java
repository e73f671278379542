package app.holdfast.core.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.exception.DataAccessException;

/// Keeps the index that names are searched in. Derived: it can be made again from the entries at any time. Confined to
/// the writer.
///
/// Nothing is done for it when rows are put in: their keys are greater than what is covered, and the search looks at
/// them itself until [#cover] has come to them. Triggers note those that go or get another name (ADR 255).
public final class SearchIndex {

    private static final String CREATE = "create virtual table if not exists entry_fts"
            + " using fts5 (grams, content = '', contentless_delete = 1, tokenize = 'ascii')";
    private static final String MERGES_BY_US = "insert into entry_fts (entry_fts, rank) values ('deletemerge', 0)";
    /// Crossed: SQLite would go through all entries and look for each among the few whose name has changed.
    static final String STALE = "select s.key, e.name from search_stale s cross join entry e on e.key = s.key limit ?";
    private static final String PUT = "insert into entry_fts (rowid, grams) values (?, ?)";
    /// The index is written anew when a tenth of it has gone, and no fewer names than this.
    static final int HOLES_MIN = 1_000;
    private static final String MANY_HOLES = "select 1 from search_state where holes >= " + HOLES_MIN
            + " and holes * 10 >= (select count(*) from entry_fts_docsize)";
    /// What a job writes anew takes it some 25 ms.
    private static final long PAGES_PER_JOB = 100;

    private final Transaction tx;
    private final Prepared prepared;

    SearchIndex(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    private record Name(long key, String name) {}

    /// Takes some names out and some in, or, when none is left, writes some of the index anew. Names that are new come
    /// last: they may stand under keys that the index has other names of until those are out.
    ///
    /// @return whether there is more to do
    public boolean cover(int names) {
        try {
            int left = names - refresh(names);
            left -= takeOut(left);
            List<Name> more = read("select key, name from entry where key > (select covered from search_state)"
                    + " order by key limit ?", left);
            for (Name one : more) {
                put(one);
            }
            if (!more.isEmpty()) {
                prepared.update("update search_state set covered = ?", more.getLast().key);
            }
            boolean hasDoneSomething = left < names || !more.isEmpty();
            return more.size() == left || compact(hasDoneSomething);
        } catch (SQLException e) {
            throw new DataAccessException("the search index", e);
        }
    }

    private int refresh(int most) throws SQLException {
        List<Name> stale = read(STALE, most);
        for (Name one : stale) {
            prepared.update("delete from entry_fts where rowid = ?", one.key);
            put(one);
            prepared.update("delete from search_stale where key = ?", one.key);
        }
        noteHoles(stale.size());
        return stale.size();
    }

    private int takeOut(int most) {
        List<Long> gone = prepared.all("select key from search_gone order by key limit ?", row -> row.getLong(1),
                (long) most);
        for (long key : gone) {
            prepared.update("delete from entry_fts where rowid = ?", key);
        }
        if (!gone.isEmpty()) {
            prepared.update("delete from search_gone where key <= ?", gone.getLast());
        }
        noteHoles(gone.size());
        return gone.size();
    }

    private void noteHoles(int more) {
        if (more > 0) {
            prepared.update("update search_state set holes = holes + ?", (long) more);
        }
    }

    /// FTS5 marks what is taken out and leaves it where it is. By itself it would write a part anew whenever a tenth of
    /// it has gone, again and again while many go, and in the job that deletes.
    ///
    /// @param isLater whether this job has done something already, so that the next one is to begin
    /// @return whether there is more to do
    private boolean compact(boolean isLater) {
        long pages = prepared.first("select compacting from search_state", row -> row.getLong(1)).orElseThrow();
        if (pages == 0 && !prepared.finds(MANY_HOLES)) {
            return false;
        }
        if (isLater) {
            return true;
        }
        boolean more = pages > 0 ? merge(pages) : begin();
        if (!more) {
            prepared.update("update search_state set compacting = 0");
        }
        return more;
    }

    /// What a job writes is limited, and what it reads for that is the more the less is left.
    private boolean begin() {
        long left = prepared.first("select count(*) from entry_fts_docsize", row -> row.getLong(1)).orElseThrow();
        if (left == 0) {
            rebuild();
            return false;
        }
        long gone = prepared.first("select holes from search_state", row -> row.getLong(1)).orElseThrow();
        long pages = Math.max(1, PAGES_PER_JOB * left / (left + gone));
        prepared.update("update search_state set compacting = ?, holes = 0", pages);
        return merge(-pages);
    }

    /// @param pages less than 0 to begin with all there is
    /// @return whether anything was written; the command itself counts as one change
    private boolean merge(long pages) {
        long before = changes();
        prepared.update("insert into entry_fts (entry_fts, rank) values ('merge', ?)", pages);
        return changes() - before > 1;
    }

    private long changes() {
        return prepared.first("select total_changes()", row -> row.getLong(1)).orElseThrow();
    }

    private List<Name> read(String query, int most) throws SQLException {
        PreparedStatement select = prepared.statement(query);
        select.setInt(1, most);
        List<Name> names = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                names.add(new Name(row.getLong(1), row.getString(2)));
            }
        }
        return names;
    }

    private void put(Name one) throws SQLException {
        PreparedStatement insert = prepared.statement(PUT);
        insert.setLong(1, one.key);
        insert.setString(2, Grams.document(one.name));
        insert.executeUpdate();
    }

    /// Makes sure that there is an index; one that cannot be read is begun anew.
    ///
    /// @return whether it was begun anew
    public boolean check() {
        try (var statement = tx.connection().createStatement()) {
            statement.executeQuery("select rowid from entry_fts where entry_fts match '\"a\" *' limit 1").close();
            return false;
        } catch (SQLException e) {
            rebuild();
            return true;
        }
    }

    /// Begins the index anew; [#cover] fills it.
    public void rebuild() {
        try (var statement = tx.connection().createStatement()) {
            statement.execute("drop table if exists entry_fts");
            statement.execute(CREATE);
            statement.execute(MERGES_BY_US);
            statement.execute("update search_state set covered = 0, holes = 0, compacting = 0");
            statement.execute("delete from search_stale");
            statement.execute("delete from search_gone");
        } catch (SQLException e) {
            throw new DataAccessException("making the search index anew", e);
        }
    }
}
