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
/// them itself until [#cover] has come to them. Triggers see to those that go or get another name.
public final class SearchIndex {

    private static final String CREATE = "create virtual table if not exists entry_fts"
            + " using fts5 (grams, content = '', contentless_delete = 1, tokenize = 'ascii')";
    /// Crossed: SQLite would go through all entries and look for each among the few whose name has changed.
    static final String STALE = "select s.key, e.name from search_stale s cross join entry e on e.key = s.key limit ?";
    private static final String PUT = "insert into entry_fts (rowid, grams) values (?, ?)";

    private final Transaction tx;
    private final Prepared prepared;

    SearchIndex(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    private record Name(long key, String name) {}

    /// Takes some names in.
    ///
    /// @return whether there are more
    public boolean cover(int names) {
        try {
            List<Name> stale = read(STALE, names);
            for (Name one : stale) {
                prepared.update("delete from entry_fts where rowid = ?", one.key);
                put(one);
                prepared.update("delete from search_stale where key = ?", one.key);
            }
            List<Name> more = read("select key, name from entry where key > (select covered from search_state)"
                    + " order by key limit ?", names - stale.size());
            for (Name one : more) {
                put(one);
            }
            if (!more.isEmpty()) {
                prepared.update("update search_state set covered = ?", more.getLast().key);
            }
            return stale.size() + more.size() == names;
        } catch (SQLException e) {
            throw new DataAccessException("the search index", e);
        }
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
            statement.execute("update search_state set covered = 0");
            statement.execute("delete from search_stale");
        } catch (SQLException e) {
            throw new DataAccessException("making the search index anew", e);
        }
    }
}
