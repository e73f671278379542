package app.holdfast.core.store;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A page's fields by name, and the fields that each owned model has in this version. What a newer version adds is
/// kept in the row's `extra` and passed on.
final class RowFields {

    static final List<String> DEVICE = List.of("device", "name", "platform");
    static final List<String> VOLUME = List.of("label", "file_system", "fs_uuid", "total_bytes", "serial",
            "tracking", "away", "writes", "nonce");
    static final List<String> LOCATION = List.of("name", "path");
    static final List<String> ENTRY = List.of("location", "parent", "name", "raw_name", "kind", "size", "modified",
            "sample", "content");

    /// Stands in for the stamp that owned values do not have.
    private static final Stamp NONE = new Stamp(new Hlc(0, 0, new Author(new UUID(0, 0))), 1);

    private final List<String> fields;
    private final Map<String, Integer> places = new HashMap<>();

    RowFields(List<String> fields) {
        this.fields = fields;
        for (int i = 0; i < fields.size(); i++) {
            places.put(fields.get(i), i);
        }
    }

    int place(String field) {
        return places.getOrDefault(field, -1);
    }

    static Value value(OwnedRow row, int place) {
        return place < 0 ? Value.NOTHING : row.values().get(place);
    }

    String text(OwnedRow row, String field) {
        return value(row, place(field)) instanceof Value.Text(String text) ? text : "";
    }

    long whole(OwnedRow row, String field) {
        return value(row, place(field)) instanceof Value.Whole(long whole) ? whole : 0;
    }

    byte[] bytes(OwnedRow row, String field) {
        return value(row, place(field)) instanceof Value.Bytes(byte[] bytes) ? bytes : new byte[0];
    }

    /// Null for none.
    byte @Nullable [] blob(OwnedRow row, String field) {
        return value(row, place(field)) instanceof Value.Bytes(byte[] bytes) ? bytes : null;
    }

    /// The values of fields that are not among the known ones, as one blob; null when there are none.
    byte @Nullable [] unknown(OwnedRow row, List<String> known) {
        if (fields.size() == known.size() && known.containsAll(fields)) {
            return null;
        }
        var rest = new TreeMap<String, Register>();
        for (int i = 0; i < fields.size(); i++) {
            Value value = row.values().get(i);
            if (!known.contains(fields.get(i)) && !value.equals(Value.NOTHING)) {
                rest.put(fields.get(i), Register.of(value, NONE));
            }
        }
        if (rest.isEmpty()) {
            return null;
        }
        byte[] kept = ChangeCodec.encode(new Snapshot(rest));
        return kept.length > ChangeCodec.SNAPSHOT_BYTES_MAX ? null : kept;
    }

    /// All values of a row, as such a blob.
    static byte[] kept(Map<String, Value> values) {
        var all = new TreeMap<String, Register>();
        values.forEach((field, value) -> all.put(field, Register.of(value, NONE)));
        return ChangeCodec.encode(new Snapshot(all));
    }

    /// The fields of such a blob.
    static Map<String, Value> extra(byte @Nullable [] blob) {
        if (blob == null || blob.length == 0) {
            return Map.of();
        }
        try {
            var values = new TreeMap<String, Value>();
            ChangeCodec.decodeSnapshot(blob).fields().forEach((name, register) -> values.put(name, register.value()));
            return values;
        } catch (MalformedChange e) {
            throw new IllegalStateException("a stored row is damaged", e);
        }
    }

    /// A page's rows may have different unknown fields; this is their union after the known ones.
    static List<String> union(List<String> known, Iterable<Map<String, Value>> extras) {
        var all = new ArrayList<>(known);
        for (Map<String, Value> extra : extras) {
            extra.keySet().stream().filter(field -> !all.contains(field)).forEach(all::add);
        }
        return all;
    }
}
