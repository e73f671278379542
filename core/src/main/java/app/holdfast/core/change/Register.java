package app.holdfast.core.change;

import app.holdfast.core.model.Value;
import java.util.List;

/// One field's value with the stamp of its write, and the values that lost against it.
///
/// @param losers newest first, at most [#LOSERS_MAX]; what the conflict history shows
public record Register(Value value, Stamp stamp, List<Loser> losers) {

    /// Older losers are forgotten beyond this many.
    public static final int LOSERS_MAX = 4;

    /// A value that a later one replaced without having seen it.
    public record Loser(Value value, Stamp stamp) {}

    public Register {
        losers = List.copyOf(losers);
    }

    public static Register of(Value value, Stamp stamp) {
        return new Register(value, stamp, List.of());
    }
}
