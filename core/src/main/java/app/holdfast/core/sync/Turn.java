package app.holdfast.core.sync;

import java.util.List;
import java.util.Optional;

/// What a session does in its turn.
///
/// @param say       to be sent once the transaction has committed
/// @param violation why the conversation must end: the other side broke the protocol, or is not of this library
public record Turn(List<SyncMessage> say, Optional<String> violation) {

    public Turn {
        say = List.copyOf(say);
    }

    static Turn say(List<SyncMessage> messages) {
        return new Turn(messages, Optional.empty());
    }

    static Turn violation(String reason) {
        return new Turn(List.of(new SyncMessage.Goodbye(reason)), Optional.of(reason));
    }
}
