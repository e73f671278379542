package app.holdfast.core.vault.stronghold;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A client's keys and values. They are not sealed a second time.
///
/// @param values        in the order of the file
/// @param scanFrequency how often an engine drops what has expired; no application seen sets it
/// @param created       when the Store was made
public record Store(Map<StoreKey, StoreValue> values, Optional<Moment> scanFrequency, Moment created,
        Optional<Moment> lastScan) {

    public Store {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static Store empty(long nowMillis) {
        return new Store(Map.of(), Optional.empty(), Moment.ofMillis(nowMillis), Optional.empty());
    }

    public Store withValues(Map<StoreKey, StoreValue> others) {
        return new Store(others, scanFrequency, created, lastScan);
    }
}
