package app.holdfast.core.model;

import java.util.UUID;

/// A file or folder of a location, on whichever device; kept when the file is renamed or moved.
public record EntryId(UUID value) implements Comparable<EntryId> {

    /// @throws IllegalArgumentException when the text is no UUID
    public static EntryId parse(String text) {
        return new EntryId(UUID.fromString(text));
    }

    @Override
    public int compareTo(EntryId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
