package app.holdfast.core.sync;

/// How far a conversation is.
///
/// @param pendingOut changes and rows that the peer does not have yet, as far as known
/// @param pendingIn  changes and rows that it has and this device does not
public record Progress(State state, long pendingOut, long pendingIn) {

    public enum State { GREETING, RECEIVING, SENDING, UP_TO_DATE }

    static final Progress NONE = new Progress(State.GREETING, 0, 0);
}
