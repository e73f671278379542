package app.holdfast.core.transport.pairing;

/// A text is not a ticket that can be used. The message never holds a byte of a secret.
public final class TicketException extends Exception {

    /// What is wrong with it.
    public enum Reason {
        /// Not a ticket of this kind at all.
        NOT_A_TICKET,
        /// The end is missing.
        CUT_SHORT,
        /// It was changed on the way: the check sum or a field makes no sense.
        ALTERED,
        /// Made by a newer program.
        UNKNOWN_VERSION
    }

    private final Reason reason;
    private final int offset;

    /// @param offset bytes from the start of the decoded ticket, or characters from the start of the text where that
    ///     cannot be
    ///     decoded, to what makes no sense
    TicketException(Reason reason, String message, int offset) {
        super(message + " at " + offset);
        this.reason = reason;
        this.offset = offset;
    }

    public Reason reason() {
        return reason;
    }

    public int offset() {
        return offset;
    }
}
