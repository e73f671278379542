package app.holdfast.core.sync.wire;

/// A frame that is no message. The link it came over is closed.
public final class WireException extends Exception {

    private static final long serialVersionUID = 1;

    private final long offset;

    /// @param offset bytes from the start of the frame, or of its body after decompression, to what makes no sense
    WireException(long offset, String reason) {
        super("byte " + offset + ": " + reason);
        this.offset = offset;
    }

    public long offset() {
        return offset;
    }
}
