package app.holdfast.core.model;

import java.util.UUID;

/// A drive or filesystem, wherever it is mounted.
public record VolumeId(UUID value) implements Comparable<VolumeId> {

    /// @throws IllegalArgumentException when the text is no UUID
    public static VolumeId parse(String text) {
        return new VolumeId(UUID.fromString(text));
    }

    @Override
    public int compareTo(VolumeId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
