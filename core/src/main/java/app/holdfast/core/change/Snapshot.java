package app.holdfast.core.change;

import app.holdfast.core.model.Value;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The whole of a record as one event left it: every field with its register, in the order of their names. Immutable
/// once written; fields that this version does not know are kept, because an edit replaces what it saw.
///
/// @param seen the events of this record by other authors that whoever wrote this had seen, each with all before it;
///        tells a version that was replaced from one that nobody knew of (ADR 62)
public record Snapshot(SortedMap<String, Register> fields, VersionVector seen) {

    public Snapshot {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    public Snapshot(SortedMap<String, Register> fields) {
        this(fields, VersionVector.EMPTY);
    }

    public static Snapshot of(Map<String, Register> fields) {
        return new Snapshot(new TreeMap<>(fields));
    }

    public Optional<Register> register(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /// @return the field's value, [Value#NOTHING] when the record has no such field
    public Value value(String field) {
        Register register = fields.get(field);
        return register == null ? Value.NOTHING : register.value();
    }
}
