package app.holdfast.core.change;

import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/// Records whose ids lie between two bounds, compared as unsigned 128-bit numbers, as SQLite compares their bytes.
///
/// @param from the first id that belongs to it
/// @param to   the first that does not any more; empty for all to the end
public record RecordRange(UUID from, Optional<UUID> to) {

    /// The order of ids; `UUID.compareTo` has another, with signs.
    public static final Comparator<UUID> ORDER = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };

    public static final UUID FIRST = new UUID(0, 0);

    public static final RecordRange ALL = new RecordRange(FIRST, Optional.empty());

    /// @throws IllegalArgumentException when nothing can lie between the bounds
    public RecordRange {
        if (to.isPresent() && ORDER.compare(from, to.get()) >= 0) {
            throw new IllegalArgumentException("a range from " + from + " to " + to.get());
        }
    }

    public boolean contains(UUID record) {
        return ORDER.compare(record, from) >= 0 && (to.isEmpty() || ORDER.compare(record, to.get()) < 0);
    }
}
