package app.holdfast.core.model;

import java.util.UUID;

/// A tag, the same on every device.
public record TagId(UUID value) implements Comparable<TagId> {

    /// @throws IllegalArgumentException when the text is no UUID
    public static TagId parse(String text) {
        return new TagId(UUID.fromString(text));
    }

    @Override
    public int compareTo(TagId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
