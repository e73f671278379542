package app.holdfast.core.change;

/// Bytes that are no change, or more of it than is taken.
public final class MalformedChange extends Exception {

    private static final long serialVersionUID = 1;

    private final long offset;
    private final String reason;

    /// @param offset bytes from the start of the input to the first that makes no sense
    public MalformedChange(long offset, String reason) {
        super("byte " + offset + ": " + reason);
        this.offset = offset;
        this.reason = reason;
    }

    public long offset() {
        return offset;
    }

    /// The message without the offset.
    public String reason() {
        return reason;
    }
}
