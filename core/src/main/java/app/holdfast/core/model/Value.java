package app.holdfast.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// What a field may hold. The family is closed: what a newer version adds travels as one of these.
public sealed interface Value {

    /// The one value that says "nothing here"; a register that was cleared holds it.
    Value NOTHING = new Nothing();

    record Nothing() implements Value {}

    record Flag(boolean value) implements Value {}

    record Whole(long value) implements Value {}

    record Real(double value) implements Value {}

    record Text(String value) implements Value {}

    /// A reference to a record or row by its UUID; local keys never leave a database.
    record Ref(UUID value) implements Value {}

    /// Values that must not be mixed by a merge, as one (R2: composite fields).
    record Tuple(List<Value> values) implements Value {
        public Tuple {
            values = List.copyOf(values);
        }
    }

    /// Bytes, compared by content. The array is the value's own: neither side may change it.
    record Bytes(byte[] value) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + value.length + "]";
        }
    }
}
