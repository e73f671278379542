package app.holdfast.core.change;

import app.holdfast.core.clock.Author;
import java.util.List;

/// The events of one transaction: consecutive sequences of one author, admitted, served and lost together (R6).
///
/// @param events at least one, at most [#EVENTS_MAX]
public record Group(List<Event> events) {

    /// Bulk work is split into groups of at most this many events.
    public static final int EVENTS_MAX = 2_000;

    /// @throws IllegalArgumentException when the events are not consecutive ones of one author, none, or too many
    public Group {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > EVENTS_MAX) {
            throw new IllegalArgumentException("a group has 1 to " + EVENTS_MAX + " events, not " + events.size());
        }
        for (int i = 1; i < events.size(); i++) {
            Dot before = events.get(i - 1).dot();
            if (!events.get(i).dot().equals(new Dot(before.author(), before.sequence() + 1))) {
                throw new IllegalArgumentException("event " + i + " of a group does not follow the one before it");
            }
        }
    }

    public Author author() {
        return events.getFirst().dot().author();
    }

    public long first() {
        return events.getFirst().dot().sequence();
    }

    public long last() {
        return events.getLast().dot().sequence();
    }
}
