package app.holdfast.core.model;

import java.util.UUID;

/// A file with a vault in it, on one device: made of the device and the path (`docs/protocol/sync.md`, section 3).
public record VaultId(UUID value) implements Comparable<VaultId> {

    /// @throws IllegalArgumentException when the text is no UUID
    public static VaultId parse(String text) {
        return new VaultId(UUID.fromString(text));
    }

    @Override
    public int compareTo(VaultId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
