package app.holdfast.core.model;

import java.util.UUID;

/// A folder that a person put into the library.
public record LocationId(UUID value) implements Comparable<LocationId> {

    /// @throws IllegalArgumentException when the text is no UUID
    public static LocationId parse(String text) {
        return new LocationId(UUID.fromString(text));
    }

    @Override
    public int compareTo(LocationId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
