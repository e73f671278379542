package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.REVOKED;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Everything that devices are to agree on, read from one of them.
///
/// @param live   the live dots
/// @param shown  the merged tables, a line for each row
/// @param owned  the owned rows with their stamps: a line for each, by the subject of its stream
/// @param streams how far each stream is held
public record MemoryContent(VersionVector vector, SortedMap<Dot, Live> live, SortedMap<UUID, String> shown,
        SortedMap<UUID, List<String>> owned, List<Holding> streams) {

    /// What a live dot is of.
    public record Live(String model, UUID record, Snapshot snapshot) {}

    private static final Map<String, String> ROWS = Map.of(
            "device", "select o.id, a.id, c.sequence, o.sequence, o.id, o.name from device o",
            "volume", "select o.id, a.id, c.sequence, o.sequence, o.id, o.label from volume o",
            "location", "select v.id, a.id, c.sequence, o.sequence, o.id, o.name from location o"
                    + " join volume v on v.key = o.volume",
            "entry", "select v.id, a.id, c.sequence, o.sequence, o.id, coalesce(p.name, '') || '/' || o.name || ' '"
                    + " || o.kind || ' ' || o.size || ' ' || o.modified || ' '"
                    + " || coalesce(nullif(hex(o.sample), ''), '-') || ' '"
                    + " || coalesce(nullif(hex(o.content), ''), '-') from entry o join location l on"
                    + " l.key = o.location join volume v on v.key = l.volume left join entry p on p.key = o.parent");

    static MemoryContent read(Transaction tx) {
        var live = new TreeMap<Dot, Live>();
        tx.dots().forEach(dot -> live.put(dot.dot(), new Live(dot.model(), dot.record(), dot.snapshot())));
        var shown = new TreeMap<UUID, String>();
        show(tx, shown, "tag", "select id, name, color, parent from tag");
        show(tx, shown, "assignment", "select id, tag, subject from assignment");
        show(tx, shown, "collection", "select id, name from collection");
        show(tx, shown, "collection_item", "select id, collection, subject from collection_item");
        show(tx, shown, "metadata", "select m.id, m.subject, m.note, m.rating, m.favorite, coalesce((select"
                + " group_concat(f.name || '=' || f.value, ',' order by f.name) from metadata_field f"
                + " where f.metadata = m.id), '') from metadata m");
        show(tx, shown, "member", "select id, device from member");
        var owned = new TreeMap<UUID, List<String>>();
        try {
            for (var model : new TreeMap<>(ROWS).entrySet()) {
                rows(tx, model.getKey(), model.getValue(), owned);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        owned.values().forEach(rows -> rows.sort(null));
        return new MemoryContent(tx.shared().vector(), live, shown, owned, tx.streams().all());
    }

    private static void show(Transaction tx, SortedMap<UUID, String> shown, String name, String select) {
        tx.state().prepared().all(select, row -> {
            var line = new StringBuilder(name);
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                Object value = row.getObject(i);
                line.append(' ').append(value instanceof byte[] bytes && bytes.length == 16 ? Ids.uuid(bytes)
                        : value instanceof byte[] bytes ? Arrays.toString(bytes) : Objects.toString(value));
            }
            return shown.put(Ids.uuid(row.getBytes(1)), line.toString());
        });
    }

    private static void rows(Transaction tx, String model, String select, SortedMap<UUID, List<String>> owned)
            throws SQLException {
        try (var statement = tx.connection().prepareStatement(
                select + " join claim c on c.key = o.claim join author a on a.key = c.author");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                owned.computeIfAbsent(Ids.uuid(row.getBytes(1)), _ -> new ArrayList<>()).add(model + " "
                        + Ids.uuid(row.getBytes(5)) + " " + row.getString(6) + " @" + Ids.uuid(row.getBytes(2)) + "."
                        + row.getLong(3) + "/" + row.getLong(4));
            }
        }
    }

    /// @return whether anyone may still talk to the device
    static boolean isRevoked(Transaction tx, byte[] device) {
        return tx.sql().fetchExists(REVOKED, REVOKED.DEVICE.eq(device));
    }
}
