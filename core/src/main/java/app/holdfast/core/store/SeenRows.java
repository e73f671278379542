package app.holdfast.core.store;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The rows that a comparison was offered, so that at its end the others can be told. Confined to the writer.
///
/// Costs a bit for each row of the table; keys are this database's and small.
final class SeenRows {

    private final Map<String, BitSet> byModel = new HashMap<>();
    private final Set<UUID> others = new HashSet<>();

    void add(String model, long key) {
        byModel.computeIfAbsent(model, _ -> new BitSet()).set(Math.toIntExact(key));
    }

    boolean contains(String model, long key) {
        BitSet keys = byModel.get(model);
        return keys != null && keys.get(Math.toIntExact(key));
    }

    /// A row of a model that this version does not know; they have no keys.
    void addOther(UUID id) {
        others.add(id);
    }

    boolean containsOther(UUID id) {
        return others.contains(id);
    }
}
