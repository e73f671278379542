package app.holdfast.core.change.cbor;

/// Bytes that are not the CBOR that was expected.
public final class CborException extends Exception {

    private static final long serialVersionUID = 1;

    private final int offset;
    private final String reason;

    /// @param offset bytes from the start of the input to the first that makes no sense
    public CborException(int offset, String reason) {
        super("byte " + offset + ": " + reason);
        this.offset = offset;
        this.reason = reason;
    }

    public int offset() {
        return offset;
    }

    /// The message without the offset.
    public String reason() {
        return reason;
    }
}
