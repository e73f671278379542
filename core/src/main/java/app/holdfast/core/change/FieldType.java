package app.holdfast.core.change;

import app.holdfast.core.model.Value;
import java.nio.charset.StandardCharsets;

/// What a field may hold, as far as commands of this build go. What others wrote is kept whatever it is.
public sealed interface FieldType {

    /// @param charactersMax code points
    record Text(int charactersMax) implements FieldType {}

    /// @param min the least that fits
    /// @param max the greatest
    record Whole(long min, long max) implements FieldType {}

    record Real() implements FieldType {}

    record Flag() implements FieldType {}

    /// The id of a record or row; what it points to is said by a [ForeignKey].
    record Ref() implements FieldType {}

    record Bytes(int bytesMax) implements FieldType {}

    /// Values that are merged as one.
    record Tuple() implements FieldType {}

    /// Whether a field of this type takes the value. [Value#NOTHING] fits everywhere: a cleared field holds it.
    default boolean takes(Value value) {
        return switch (value) {
            case Value.Nothing _ -> true;
            case Value.Text(String text) -> this instanceof Text(int charactersMax)
                    && text.codePointCount(0, text.length()) <= charactersMax
                    && StandardCharsets.UTF_8.newEncoder().canEncode(text);
            case Value.Whole(long whole) -> this instanceof Whole(long min, long max) && whole >= min && whole <= max;
            case Value.Real _ -> this instanceof Real;
            case Value.Flag _ -> this instanceof Flag;
            case Value.Ref _ -> this instanceof Ref;
            case Value.Bytes(byte[] bytes) -> this instanceof Bytes(int bytesMax) && bytes.length <= bytesMax;
            case Value.Tuple _ -> this instanceof Tuple;
        };
    }

    /// What fits, for the message of whoever refuses something else.
    default String words() {
        return switch (this) {
            case Text(int charactersMax) -> "text of at most " + charactersMax + " characters";
            case Whole(long min, long max) when min == Long.MIN_VALUE && max == Long.MAX_VALUE -> "a whole number";
            case Whole(long min, long max) -> "a whole number from " + min + " to " + max;
            case Real _ -> "a number";
            case Flag _ -> "yes or no";
            case Ref _ -> "the id of something";
            case Bytes(int bytesMax) -> "at most " + bytesMax + " bytes";
            case Tuple _ -> "several values as one";
        };
    }
}
