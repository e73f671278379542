package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.Value;
import java.util.Arrays;
import java.util.Comparator;

/// How two versions of one field, written without knowledge of each other, become one (R2). An edit that has seen a
/// version replaces it and asks no rule.
///
/// It has to be a *join*: the same whatever comes first, however versions are grouped, and when one comes twice.
/// Otherwise devices that hold the same would show different things. [#greatest] makes one from any order. It must
/// not throw, whatever a version holds: other builds write what they like.
@FunctionalInterface
public interface MergeRule {

    /// A value that the field was given, and when. Versions of one stamp may hold different values.
    record Version(Value value, Stamp stamp) {}

    /// @return one of the two, or a version made of both under the greater of their stamps
    Version join(Version one, Version other);

    /// Whether a version that is not the result has lost, and is kept for the conflict history. Not for a rule whose
    /// results hold all that was joined, such as a union.
    default boolean keepsLosers() {
        return true;
    }

    /// The order in which versions are later, total.
    Comparator<Version> LATER = Comparator.comparing(Version::stamp)
            .thenComparing(version -> bytes(version.value()), Arrays::compareUnsigned);

    /// The latest version wins.
    MergeRule LATEST = (one, other) -> LATER.compare(one, other) >= 0 ? one : other;

    /// The greatest version wins, of equal ones the later.
    static MergeRule greatest(Comparator<Version> order) {
        Comparator<Version> total = order.thenComparing(LATER);
        return (one, other) -> total.compare(one, other) >= 0 ? one : other;
    }

    private static byte[] bytes(Value value) {
        CborWriter out = new CborWriter();
        ValueCodec.write(value, out);
        return out.toBytes();
    }
}
