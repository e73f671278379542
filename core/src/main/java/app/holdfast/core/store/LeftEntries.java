package app.holdfast.core.store;

import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.model.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.exception.DataAccessException;

/// What was noted about entries that have gone from a location of this device: their tags, notes and places in
/// collections. When the same file is in another location now, by the node of its filesystem, it takes them over
/// (ADR 250). A drive that was taken out of the library and is tracked anew is known by its filesystem (ADR 254).
/// Confined to the writer.
public final class LeftEntries {

    /// Rows in which a file is looked for that was seen where it came before it was missed where it went.
    private static final int LATEST = 50_000;

    private static final Map<String, String> NOTED = Map.of(
            Models.ASSIGNMENT, "select id from assignment where subject = ?",
            Models.COLLECTION_ITEM, "select id from collection_item where subject = ?",
            Models.METADATA, "select id from metadata where subject = ?");

    private final Transaction tx;

    LeftEntries(Transaction tx) {
        this.tx = tx;
    }

    /// Gives what was noted to the entries that are the same files, among those that this scan put in and the latest of
    /// all. Where such an entry has a note of its own, that stays, and so does the other, with the entry that has gone.
    ///
    /// @param scan that has ended
    /// @param most entries at once
    /// @return how many were dealt with
    public int handOver(ScanRows scan, int most) {
        try {
            List<Pair> pairs = pairs(scan.firstKey(), most);
            for (Pair pair : pairs) {
                NOTED.forEach((model, query) -> handOver(tx.state().models().model(model), query, pair));
                PreparedStatement done = tx.state().prepared().statement("delete from entry_left where key = ?");
                done.setLong(1, pair.key);
                done.executeUpdate();
            }
            return pairs.size();
        } catch (SQLException e) {
            throw new DataAccessException("handing over what was noted", e);
        }
    }

    private record Pair(long key, UUID gone, UUID here) {}

    private List<Pair> pairs(long firstKey, int most) throws SQLException {
        PreparedStatement select = tx.state().prepared().statement("""
                select l.key, l.id, e.id from entry_node n cross join entry_left l on l.node = n.node
                join entry e on e.key = n.entry join location p on p.key = e.location
                join volume v on v.key = p.volume and (v.id = l.volume or v.fs_uuid = l.fs_uuid and v.fs_uuid <> ''
                    and not exists (select 1 from volume where id = l.volume))
                where exists (select 1 from entry_left)
                    and n.entry > min(?, (select max(entry) from entry_node) - ?)
                group by l.key order by l.key limit ?""");
        select.setLong(1, firstKey);
        select.setInt(2, LATEST);
        select.setInt(3, most);
        var pairs = new ArrayList<Pair>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                pairs.add(new Pair(row.getLong(1), Ids.uuid(row.getBytes(2)), Ids.uuid(row.getBytes(3))));
            }
        }
        return pairs;
    }

    private void handOver(Model model, String query, Pair pair) {
        for (UUID id : tx.records().ids(query, pair.gone)) {
            Snapshot noted = tx.records().find(model, id).orElse(null);
            if (noted == null) {
                continue;
            }
            var fields = new HashMap<String, Value>();
            noted.fields().forEach((field, register) -> fields.put(field, register.value()));
            fields.put(Models.SUBJECT, new Value.Ref(pair.here));
            UUID anew = model.naturalId(fields);
            if (tx.records().find(model, anew).isEmpty()) {
                tx.records().put(model, anew, fields);
                tx.records().delete(model, id);
            }
        }
    }
}
