package app.holdfast.core.change;

import java.util.Optional;
import java.util.SortedSet;
import java.util.Collections;
import java.util.TreeSet;
import java.util.UUID;

/// One write of one shared record (R1): it removes the dots its author saw and, unless it is a delete, leaves a
/// snapshot under its own dot.
///
/// @param model    the record's model, a name that never changes
/// @param record   the record's id
/// @param removes  all live dots of the record that the author saw, D(e)
/// @param snapshot the record as this event leaves it; empty for a delete
public record Event(Dot dot, String model, UUID record, SortedSet<Dot> removes, Optional<Snapshot> snapshot) {

    public Event {
        removes = Collections.unmodifiableSortedSet(new TreeSet<>(removes));
    }

    public boolean isDelete() {
        return snapshot.isEmpty();
    }
}
