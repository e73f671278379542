package app.holdfast.core.change;

import app.holdfast.core.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One row of an owned stream: who wrote it when, and its values in the order of the page's fields.
///
/// @param id       the row's id
/// @param base     the older claim that the row still stands on; empty when it is the stream's own
/// @param sequence the owner's count at the write, within that claim
/// @param values   one for each field of [OwnedRows#fields]
public record OwnedRow(UUID id, Optional<Dot> base, long sequence, List<Value> values) {

    /// Id, base and sequence.
    private static final int HEAD_BYTES_MAX = 64;

    public OwnedRow {
        values = List.copyOf(values);
    }

    /// What this row can take on the wire at most, before compression; for cutting pages.
    public int bytesMax() {
        int bytes = HEAD_BYTES_MAX;
        for (Value value : values) {
            bytes += ValueCodec.bytesMax(value);
        }
        return bytes;
    }
}
