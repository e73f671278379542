package app.holdfast.core.api;

import java.util.Arrays;
import java.util.List;

/// The keys of a view in its order. Holds eight bytes for each, so a million cost 8 MB.
///
/// @param bytes sizes of the files among them, added up
public record EntryKeys(long[] keys, long bytes) {

    public int count() {
        return keys.length;
    }

    /// A window of them.
    public List<Long> from(int first, int count) {
        return Arrays.stream(keys, first, Math.min(keys.length, first + count)).boxed().toList();
    }

    /// So many of them from the start; their bytes are those of all.
    public EntryKeys first(int count) {
        return new EntryKeys(Arrays.copyOf(keys, Math.min(count, keys.length)), bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryKeys that && bytes == that.bytes && Arrays.equals(keys, that.keys);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keys);
    }

    @Override
    public String toString() {
        return "EntryKeys[" + keys.length + "]";
    }
}
