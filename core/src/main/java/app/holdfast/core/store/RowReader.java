package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.DEVICE;
import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.OTHER_ROW;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.model.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reads rows of a stream from the tables into the form in which they travel. Used for one page, on the writer.
final class RowReader {

    /// @param last the greatest sequence (own rows) or key (base rows) among the entries
    /// @param full whether there may be more
    record Batch(List<OwnedRows> pages, long last, boolean full) {}

    /// A page ends when its names come near to what a frame carries.
    private static final long NAME_BYTES_MAX = 200_000;
    private static final int NAME_OVERHEAD = 8;
    private static final String ENTRIES = """
            select e.id, e.claim, e.sequence, l.id, p.id, e.name, e.raw_name, e.kind, e.size, e.modified, e.extra,
            e.key from entry e join location l on l.key = e.location left join entry p on p.key = e.parent
            """;

    private final Transaction tx;
    private final long claim;
    private final byte[] subject;
    private final Map<Long, Optional<Dot>> bases = new HashMap<>();

    RowReader(Transaction tx, Claim claim) {
        this.tx = tx;
        this.claim = tx.claims().key(claim.subject(), claim.id());
        this.subject = Ids.bytes(claim.subject());
    }

    /// Rows that stand on the stream's own claim, beyond a sequence. The few that are no entries all come with the
    /// first page.
    Batch own(long after) {
        List<OwnedRows> pages = small(false, after);
        return entries(pages, ENTRIES + "where e.claim = ? and e.sequence > ? order by e.sequence limit ?", after,
                false);
    }

    /// Rows of the stream that still stand on an older claim, beyond a key.
    Batch bases(long afterKey) {
        List<OwnedRows> pages = afterKey == 0 ? small(true, -1) : new ArrayList<>();
        return entries(pages, ENTRIES + """
                join volume v on v.key = l.volume
                where v.id = ? and e.claim <> ? and e.key > ? order by e.key limit ?""", afterKey, true);
    }

    private Batch entries(List<OwnedRows> pages, String select, long after, boolean base) {
        List<OwnedRow> rows = new ArrayList<>();
        List<Map<String, Value>> extras = new ArrayList<>();
        long last = after;
        long nameBytes = 0;
        try (PreparedStatement statement = tx.connection().prepareStatement(select)) {
            int place = 1;
            if (base) {
                statement.setBytes(place++, subject);
            }
            statement.setLong(place++, claim);
            statement.setLong(place++, after);
            statement.setInt(place, OwnedRows.ROWS_MAX);
            try (ResultSet found = statement.executeQuery()) {
                while (nameBytes < NAME_BYTES_MAX && found.next()) {
                    nameBytes += found.getString(6).length() + NAME_OVERHEAD;
                    extras.add(RowFields.extra(found.getBytes(11)));
                    rows.add(new OwnedRow(Ids.uuid(found.getBytes(1)), base(found.getLong(2)), found.getLong(3),
                            entryValues(found)));
                    last = base ? found.getLong(12) : found.getLong(3);
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading a page of entries", e);
        }
        if (!rows.isEmpty()) {
            pages.add(page(Models.ENTRY, RowFields.ENTRY, rows, extras));
        }
        return new Batch(pages, last, rows.size() == OwnedRows.ROWS_MAX || nameBytes >= NAME_BYTES_MAX);
    }

    private static List<Value> entryValues(ResultSet found) throws SQLException {
        byte @Nullable [] parent = found.getBytes(5);
        byte @Nullable [] rawName = found.getBytes(7);
        return List.of(new Value.Ref(Ids.uuid(found.getBytes(4))),
                parent == null ? Value.NOTHING : new Value.Ref(Ids.uuid(parent)), new Value.Text(found.getString(6)),
                rawName == null ? Value.NOTHING : new Value.Bytes(rawName), new Value.Whole(found.getLong(8)),
                new Value.Whole(found.getLong(9)), new Value.Whole(found.getLong(10)));
    }

    private Optional<Dot> base(long key) {
        return key == claim ? Optional.empty()
                : bases.computeIfAbsent(key, other -> Optional.of(tx.claims().of(other).id()));
    }

    /// The rows of the small models, in the order in which they depend on each other.
    ///
    /// @param all whatever they stand on: entries that stand on a base claim may lie in a location that does not
    private List<OwnedRows> small(boolean all, long after) {
        var pages = new ArrayList<OwnedRows>();
        var devices = tx.sql().selectFrom(DEVICE).where(DEVICE.ID.eq(subject))
                .and(all ? DSL.noCondition() : DEVICE.CLAIM.eq(claim)).and(DEVICE.SEQUENCE.gt(after)).fetch();
        add(pages, Models.DEVICE, RowFields.DEVICE, devices.map(row -> new Small(row.getId(), row.getClaim(),
                row.getSequence(), List.of(new Value.Bytes(row.getDevice()), new Value.Text(row.getName()),
                new Value.Text(row.getPlatform())), RowFields.extra(row.getExtra()))));
        var volumes = tx.sql().selectFrom(VOLUME).where(VOLUME.ID.eq(subject))
                .and(all ? DSL.noCondition() : VOLUME.CLAIM.eq(claim)).and(VOLUME.SEQUENCE.gt(after)).fetch();
        add(pages, Models.VOLUME, RowFields.VOLUME, volumes.map(row -> new Small(row.getId(), row.getClaim(),
                row.getSequence(), List.of(new Value.Text(row.getLabel()), new Value.Text(row.getFileSystem()),
                new Value.Text(row.getFsUuid()), new Value.Whole(row.getTotalBytes())),
                RowFields.extra(row.getExtra()))));
        var locations = tx.sql().select(LOCATION.fields()).from(LOCATION)
                .join(VOLUME).on(VOLUME.KEY.eq(LOCATION.VOLUME))
                .where(VOLUME.ID.eq(subject)).and(all ? DSL.noCondition() : LOCATION.CLAIM.eq(claim))
                .and(LOCATION.SEQUENCE.gt(after)).fetchInto(LOCATION);
        add(pages, Models.LOCATION, RowFields.LOCATION, locations.map(row -> new Small(row.getId(), row.getClaim(),
                row.getSequence(), List.of(new Value.Text(row.getName()), new Value.Bytes(row.getPath())),
                RowFields.extra(row.getExtra()))));
        var others = tx.sql().selectFrom(OTHER_ROW).where(OTHER_ROW.SUBJECT.eq(subject))
                .and(all ? DSL.noCondition() : OTHER_ROW.CLAIM.eq(claim))
                .and(OTHER_ROW.SEQUENCE.gt(after)).fetch();
        for (String model : others.map(row -> row.getModel()).stream().distinct().sorted().toList()) {
            add(pages, model, List.of(), others.stream().filter(row -> row.getModel().equals(model))
                    .map(row -> new Small(row.getId(), row.getClaim(), row.getSequence(), List.of(),
                            RowFields.extra(row.getFields()))).toList());
        }
        return pages;
    }

    private record Small(byte[] id, long claim, long sequence, List<Value> values, Map<String, Value> extra) {}

    private void add(List<OwnedRows> pages, String model, List<String> fields, List<Small> found) {
        if (!found.isEmpty()) {
            pages.add(page(model, fields, found.stream().map(row -> new OwnedRow(Ids.uuid(row.id), base(row.claim),
                    row.sequence, row.values)).toList(), found.stream().map(Small::extra).toList()));
        }
    }

    /// Puts the unknown fields of newer versions back beside the known ones.
    private static OwnedRows page(String model, List<String> known, List<OwnedRow> rows,
            List<Map<String, Value>> extras) {
        if (extras.stream().allMatch(Map::isEmpty)) {
            return new OwnedRows(model, known, rows);
        }
        List<String> fields = RowFields.union(known, extras);
        var widened = new ArrayList<OwnedRow>();
        for (int i = 0; i < rows.size(); i++) {
            OwnedRow row = rows.get(i);
            List<Value> values = new ArrayList<>(row.values());
            for (String field : fields.subList(known.size(), fields.size())) {
                values.add(extras.get(i).getOrDefault(field, Value.NOTHING));
            }
            widened.add(new OwnedRow(row.id(), row.base(), row.sequence(), values));
        }
        return new OwnedRows(model, fields, widened);
    }

}
