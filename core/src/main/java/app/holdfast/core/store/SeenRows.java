package app.holdfast.core.store;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// The rows that a whole transfer has offered, so that at its end the others can be told. Confined to the writer.
///
/// Costs a bit for each row of the table; keys are this database's and small.
public final class SeenRows {

    private final Map<String, BitSet> byModel = new HashMap<>();

    SeenRows() {
    }

    void add(String model, long key) {
        byModel.computeIfAbsent(model, _ -> new BitSet()).set(Math.toIntExact(key));
    }

    boolean contains(String model, long key) {
        BitSet keys = byModel.get(model);
        return keys != null && keys.get(Math.toIntExact(key));
    }
}
