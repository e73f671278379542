package app.holdfast.desktop.instance;

/// What came over the socket is no message of ours.
final class MalformedMessage extends Exception {

    private static final long serialVersionUID = 1;

    /// @param offset bytes from the beginning of the connection, or of the message when only that is known
    MalformedMessage(String reason, long offset) {
        super("%s at byte %d".formatted(reason, offset));
    }
}
