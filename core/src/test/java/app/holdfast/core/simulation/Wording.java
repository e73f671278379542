package app.holdfast.core.simulation;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.sync.SyncMessage;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Changes and messages in few letters, for the trace of a run.
final class Wording {

    private static final int SHORT = 4;

    private Wording() {
    }

    static String of(UUID id) {
        String text = id.toString();
        return text.substring(text.length() - SHORT);
    }

    static String of(Author author) {
        return author.value().toString().substring(0, SHORT);
    }

    static String of(Dot dot) {
        return of(dot.author()) + "." + dot.sequence();
    }

    static String of(VersionVector vector) {
        return vector.sequences().entrySet().stream().map(one -> of(one.getKey()) + ":" + one.getValue())
                .collect(Collectors.joining(" ", "<", ">"));
    }

    static String of(Event event) {
        return of(event.dot()) + (event.isDelete() ? " deletes " : " writes ") + event.model() + " "
                + of(event.record()) + event.removes().stream().map(Wording::of).toList();
    }

    static String of(Group group) {
        return group.events().stream().map(Wording::of).toList().toString();
    }

    static String of(SyncMessage message) {
        return switch (message) {
            case SyncMessage.Groups(List<EncodedGroup> groups) -> "Groups " + groups.stream()
                    .map(EncodedGroup::group).map(Wording::of).toList();
            case SyncMessage.Ack(VersionVector covered) -> "Ack " + of(covered);
            case SyncMessage.Hello hello -> "Hello " + of(hello.covered());
            default -> message.toString().replaceAll("[0-9a-f-]{28}([0-9a-f]{4})", "$1").replaceAll("[0-9a-f]{60}", "");
        };
    }
}
