package app.holdfast.core.change;

import java.util.Comparator;
import java.util.UUID;

/// A stretch of a stream: the entries of one location that stand on one claim, with sequences from
/// `number * `[#ROWS_MAX] on, and what they hash to (`docs/protocol/sync.md`, section 6.2).
///
/// @param claim    the claim that the rows stand on: the stream's, or an older one
/// @param location the location that the rows lie in; [#NO_LOCATION] for all rows but entries
public record Leaf(Dot claim, long number, UUID location, Hash hash) {

    /// Rows of a leaf, at most: so many sequences it spans.
    public static final int ROWS_MAX = 1 << 9;
    public static final UUID NO_LOCATION = new UUID(0, 0);

    /// The one order in which a stream's leaves are listed and hashed.
    public static final Comparator<Leaf> ORDER = Comparator.comparing(Leaf::location, Leaf::compare)
            .thenComparing(Leaf::claim).thenComparingLong(Leaf::number);

    /// A leaf without what it holds.
    public record Name(Dot claim, long number, UUID location) {}

    public Name name() {
        return new Name(claim, number, location);
    }

    /// The number of the leaf that a row of this sequence belongs to.
    public static long number(long sequence) {
        return sequence / ROWS_MAX;
    }

    /// Ids in the order of their bytes.
    public static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
