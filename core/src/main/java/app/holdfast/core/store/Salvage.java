package app.holdfast.core.store;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.model.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the tables that questions read still know of a record whose content was damaged: the values that a person
/// sees. Fields that only later versions know, and records of models without a table, are in none of them. Used within
/// one job, on the writer.
final class Salvage {

    private final Transaction tx;
    private final Prepared prepared;

    Salvage(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    /// @param stamp of all of it, but of a claim, whose own is known
    /// @return without fields when nothing is known
    Snapshot of(String model, UUID record, Stamp stamp) {
        byte[] id = Ids.bytes(record);
        if (model.equals(Models.CLAIM)) {
            return claim(record, stamp);
        }
        Optional<Map<String, Value>> values = switch (model) {
            case Models.TAG -> prepared.first("select name, color, parent from tag where id = ?", row ->
                    Map.of(Models.NAME, text(row, 1), Models.COLOR, text(row, 2), Models.PARENT, ref(row, 3)), id);
            case Models.ASSIGNMENT -> prepared.first("select tag, subject from assignment where id = ?", row ->
                    Map.of(Models.TAG_REF, ref(row, 1), Models.SUBJECT, ref(row, 2)), id);
            case Models.COLLECTION -> prepared.first("select name from collection where id = ?", row ->
                    Map.of(Models.NAME, text(row, 1)), id);
            case Models.COLLECTION_ITEM -> prepared.first("select collection, subject from collection_item"
                    + " where id = ?", row ->
                    Map.of(Models.COLLECTION_REF, ref(row, 1), Models.SUBJECT, ref(row, 2)), id);
            case Models.METADATA -> prepared.first("select subject, note, rating, favorite from metadata where id = ?",
                    row -> Map.of(Models.SUBJECT, ref(row, 1), Models.NOTE, text(row, 2),
                            Models.RATING, new Value.Whole(row.getLong(3)),
                            Models.FAVORITE, new Value.Flag(row.getLong(4) != 0)), id);
            case Models.CONTENT -> prepared.first("select algorithm, hash, size from content where id = ?", row ->
                    Map.of(Models.ALGORITHM, text(row, 1), Models.HASH, new Value.Bytes(row.getBytes(2)),
                            Models.SIZE, new Value.Whole(row.getLong(3))), id);
            case Models.MEMBER -> prepared.first("select device from member where id = ?", row ->
                    Map.of(Models.KEY, new Value.Bytes(row.getBytes(1))), id);
            case Models.REVOKED -> prepared.first("select device from revoked where id = ?", row ->
                    Map.of(Models.KEY, new Value.Bytes(row.getBytes(1))), id);
            default -> Optional.empty();
        };
        var registers = new TreeMap<String, Register>();
        values.ifPresent(known -> known.forEach((field, value) -> put(registers, field, value, stamp)));
        if (model.equals(Models.METADATA)) {
            prepared.all("select name, value from metadata_field where metadata = ?", row ->
                    Map.entry(Models.CUSTOM + row.getString(1), text(row, 2)), id)
                    .forEach(field -> put(registers, field.getKey(), field.getValue(), stamp));
        }
        return new Snapshot(registers);
    }

    private static void put(Map<String, Register> registers, String field, Value value, Stamp stamp) {
        if (!value.equals(Value.NOTHING)) {
            registers.put(field, Register.of(value, stamp));
        }
    }

    /// A claim is known by the name of the dot that it was written under, and whole.
    private Snapshot claim(UUID subject, Stamp stamp) {
        List<Long> keys = prepared.all("select key from claim where subject = ? and author = ? and sequence = ?"
                + " and epoch <> 0", row -> row.getLong(1), Ids.bytes(subject),
                tx.authors().key(stamp.hlc().author()), stamp.sequence());
        var registers = new TreeMap<String, Register>();
        for (long key : keys) {
            Claim claim = tx.claims().of(key);
            registers.put(Models.CLAIM_FIELD, Register.of(ClaimValue.of(claim.epoch(), claim.owner(), claim.base()),
                    claim.stamp()));
        }
        return new Snapshot(registers);
    }

    private static Value text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null || text.isEmpty() ? Value.NOTHING : new Value.Text(text);
    }

    private static Value ref(ResultSet row, int column) throws SQLException {
        byte @Nullable [] id = row.getBytes(column);
        return id == null || id.length != 16 ? Value.NOTHING : new Value.Ref(Ids.uuid(id));
    }
}
