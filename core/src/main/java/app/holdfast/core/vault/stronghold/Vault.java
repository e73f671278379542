package app.holdfast.core.vault.stronghold;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Records that are sealed with one key.
///
/// @param key     32 bytes
/// @param records in the order of the file
public record Vault(Secret key, Map<Bytes24, SealedRecord> records) {

    public Vault {
        records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
    }

    public Vault withRecords(Map<Bytes24, SealedRecord> others) {
        return new Vault(key, others);
    }
}
