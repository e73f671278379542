package app.holdfast.core.clock;

import java.util.UUID;

/// An incarnation of a device: a random identity under which it writes, minted anew when the library is created or
/// joined, restored or cloned (rule R7), so that no two runs of a database ever give one sequence number to two
/// events.
public record Author(UUID value) implements Comparable<Author> {

    @Override
    public int compareTo(Author other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
