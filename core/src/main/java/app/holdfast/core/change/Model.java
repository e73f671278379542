package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// What kind of record there is, declared once (ADR 60).
///
/// @param name       travels with every record and never changes
/// @param fields     those that this build knows; others are kept
/// @param keys       which fields point to what
/// @param naturalKey fields whose values are the record's id ([#naturalId]), so that two devices that make the same
///                   thing meet on one record; empty when every record is a thing of its own
/// @param after      models that come before this one for another reason than a key
public record Model(String name, Ownership ownership, List<Field> fields, List<ForeignKey> keys,
        List<String> naturalKey, Set<String> after) {

    public enum Ownership {
        /// Rows that one device writes, in a stream (section 6).
        OWNED,
        /// Records that every member may write.
        SHARED
    }

    public Model {
        fields = List.copyOf(fields);
        keys = List.copyOf(keys);
        naturalKey = List.copyOf(naturalKey);
        after = Collections.unmodifiableSortedSet(new TreeSet<>(after));
    }

    public static Model shared(String name, Field... fields) {
        return new Model(name, Ownership.SHARED, List.of(fields), List.of(), List.of(), Set.of());
    }

    public static Model owned(String name, Field... fields) {
        return new Model(name, Ownership.OWNED, List.of(fields), List.of(), List.of(), Set.of());
    }

    /// A model that this build does not know: its records are kept as they are.
    static Model unknown(String name) {
        return shared(name);
    }

    public Model with(Field field) {
        var more = new ArrayList<>(fields);
        more.add(field);
        return new Model(name, ownership, more, keys, naturalKey, after);
    }

    public Model with(ForeignKey key) {
        var more = new ArrayList<>(keys);
        more.add(key);
        return new Model(name, ownership, fields, more, naturalKey, after);
    }

    public Model identifiedBy(String... key) {
        return new Model(name, ownership, fields, keys, List.of(key), after);
    }

    public Model after(String... models) {
        return new Model(name, ownership, fields, keys, naturalKey, Set.of(models));
    }

    /// The models that come before this one: what it points to, itself left out, and what it names besides.
    public Set<String> dependsOn() {
        var all = new TreeSet<>(after);
        keys.forEach(key -> all.add(key.target()));
        all.remove(name);
        return all;
    }

    /// The declaration of a field; empty for one that this build does not know.
    public Optional<Field> field(String field) {
        return fields.stream().filter(declared -> !declared.isFamily() && declared.isAbout(field)).findFirst()
                .or(() -> fields.stream().filter(declared -> declared.isAbout(field)).findFirst());
    }

    /// How versions of a field become one.
    public MergeRule rule(String field) {
        return field(field).map(Field::rule).orElse(MergeRule.LATEST);
    }

    /// Whether a record of this model has an id of its own making.
    public boolean hasNaturalKey() {
        return !naturalKey.isEmpty();
    }

    /// The id of the record that is about these values: a name-based UUID (RFC 9562 section 5.3) of the model's name
    /// and the values of its natural key, as an array of CBOR items (`docs/protocol/sync.md`, section 3).
    ///
    /// @throws IllegalArgumentException when a value of the key is missing, or the model has none
    public UUID naturalId(Map<String, Value> values) {
        if (naturalKey.isEmpty()) {
            throw new IllegalArgumentException("a record of " + name + " has an id of its own");
        }
        CborWriter out = new CborWriter();
        out.array(1 + naturalKey.size()).text(name);
        for (String field : naturalKey) {
            Value value = values.getOrDefault(field, Value.NOTHING);
            if (value.equals(Value.NOTHING)) {
                throw new IllegalArgumentException("a record of " + name + " needs its " + field);
            }
            ValueCodec.write(value, out);
        }
        return NaturalKey.nameBased(out.toBytes());
    }

    /// Whether the name may be a model's or a field's: lower case, digits, underscores and dots, at most 64 bytes.
    static boolean isName(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= 64 && name.matches("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*");
    }
}
