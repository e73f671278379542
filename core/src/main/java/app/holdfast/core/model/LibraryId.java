package app.holdfast.core.model;

import java.util.UUID;

/// One catalogue shared by the devices of one person.
public record LibraryId(UUID value) implements Comparable<LibraryId> {

    /// @throws IllegalArgumentException when the text is no UUID
    public static LibraryId parse(String text) {
        return new LibraryId(UUID.fromString(text));
    }

    @Override
    public int compareTo(LibraryId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
