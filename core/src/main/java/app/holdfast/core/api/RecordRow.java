package app.holdfast.core.api;

import app.holdfast.core.model.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// A record of any shared model, as this device sees it.
///
/// @param fields by name, those that a newer version wrote included
public record RecordRow(UUID id, SortedMap<String, Value> fields) {

    public RecordRow {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /// @return [Value#NOTHING] when the record has no such field
    public Value value(String field) {
        return fields.getOrDefault(field, Value.NOTHING);
    }
}
