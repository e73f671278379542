package app.holdfast.core.model;

import java.util.UUID;

/// A collection, the same on every device.
public record CollectionId(UUID value) implements Comparable<CollectionId> {

    /// @throws IllegalArgumentException when the text is no UUID
    public static CollectionId parse(String text) {
        return new CollectionId(UUID.fromString(text));
    }

    @Override
    public int compareTo(CollectionId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
