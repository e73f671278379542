package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.Value;
import java.util.ArrayList;

/// One value as one CBOR item: `docs/protocol/frames.md`, section 4.1. Any thread.
public final class ValueCodec {

    /// Tuples within tuples; deeper ones are refused at both ends.
    public static final int TUPLE_DEPTH_MAX = 8;

    private static final int NUMBER_BYTES_MAX = 11;
    private static final int REF_BYTES_MAX = 20;
    /// UTF-8 bytes of one UTF-16 unit.
    private static final int UTF8_BYTES_MAX = 3;

    private ValueCodec() {
    }

    /// @throws IllegalArgumentException when no peer would take the value: half a surrogate pair, tuples too deep
    public static void write(Value value, CborWriter out) {
        write(value, out, 0);
    }

    /// @throws CborException when no value comes next, or one of a kind that this version does not know
    public static Value read(CborReader in) throws CborException {
        return read(in, 0);
    }

    /// What a value can take at most, in whichever of the forms that `docs/protocol/frames.md` gives it.
    static int bytesMax(Value value) {
        return switch (value) {
            case Value.Nothing _, Value.Flag _ -> 2;
            case Value.Whole _, Value.Real _ -> NUMBER_BYTES_MAX;
            case Value.Text text -> NUMBER_BYTES_MAX + UTF8_BYTES_MAX * text.value().length();
            case Value.Ref _ -> REF_BYTES_MAX;
            case Value.Bytes bytes -> NUMBER_BYTES_MAX + bytes.value().length;
            case Value.Tuple tuple -> NUMBER_BYTES_MAX + tuple.values().stream().mapToInt(ValueCodec::bytesMax).sum();
        };
    }

    private static void write(Value value, CborWriter out, int depth) {
        switch (value) {
            case Value.Nothing _ -> out.nothing();
            case Value.Flag flag -> out.flag(flag.value());
            case Value.Whole whole -> out.whole(whole.value());
            case Value.Real real -> out.real(real.value());
            case Value.Text text -> out.text(text.value());
            case Value.Ref ref -> out.uuid(ref.value());
            case Value.Bytes bytes -> out.bytes(bytes.value());
            case Value.Tuple tuple -> {
                if (depth == TUPLE_DEPTH_MAX) {
                    throw new IllegalArgumentException("tuples deeper than " + TUPLE_DEPTH_MAX);
                }
                out.array(tuple.values().size());
                tuple.values().forEach(part -> write(part, out, depth + 1));
            }
        }
    }

    private static Value read(CborReader in, int depth) throws CborException {
        return switch (in.next()) {
            case NOTHING -> {
                in.nothing();
                yield Value.NOTHING;
            }
            case FALSE, TRUE -> new Value.Flag(in.flag());
            case WHOLE -> new Value.Whole(in.whole());
            case REAL -> new Value.Real(in.real());
            case TEXT -> new Value.Text(in.text());
            case UUID -> new Value.Ref(in.uuid());
            case BYTES -> new Value.Bytes(in.bytes());
            case ARRAY -> tuple(in, depth);
        };
    }

    private static Value tuple(CborReader in, int depth) throws CborException {
        if (depth == TUPLE_DEPTH_MAX) {
            throw new CborException(in.offset(), "tuples deeper than " + TUPLE_DEPTH_MAX);
        }
        var values = new ArrayList<Value>();
        for (int left = in.array(); left > 0; left--) {
            values.add(read(in, depth + 1));
        }
        return new Value.Tuple(values);
    }
}
