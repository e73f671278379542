package app.holdfast.core.clock;

/// A hybrid logical clock reading: a wall-clock time that never runs backwards and is never shared by two events.
///
/// @param millis  milliseconds since 1970-01-01T00:00Z, 48 bits used
/// @param counter events seen within that millisecond, 0 to 65535
/// @param author  the incarnation that made the event; settles ties
/// @see "Kulkarni et al., Logical Physical Clocks, 2014"
public record Hlc(long millis, int counter, Author author) implements Comparable<Hlc> {

    public static final long MILLIS_MAX = 0xFFFF_FFFF_FFFFL;
    public static final int COUNTER_MAX = 0xFFFF;

    /// @throws IllegalArgumentException when a part is out of its range
    public Hlc {
        if (millis < 0 || millis > MILLIS_MAX || counter < 0 || counter > COUNTER_MAX) {
            throw new IllegalArgumentException("clock reading out of range: " + millis + "." + counter);
        }
    }

    @Override
    public int compareTo(Hlc other) {
        if (millis != other.millis) {
            return Long.compare(millis, other.millis);
        }
        return counter != other.counter ? Integer.compare(counter, other.counter) : author.compareTo(other.author);
    }
}
