package app.holdfast.core.change;

import app.holdfast.core.clock.Hlc;

/// When and by whom a register was written: the greater stamp wins (R2).
///
/// @param hlc      the reading at the write; carries the author
/// @param sequence the event's sequence at that author
public record Stamp(Hlc hlc, long sequence) implements Comparable<Stamp> {

    public Dot dot() {
        return new Dot(hlc.author(), sequence);
    }

    @Override
    public int compareTo(Stamp other) {
        int byClock = hlc.compareTo(other.hlc);
        return byClock != 0 ? byClock : Long.compare(sequence, other.sequence);
    }
}
