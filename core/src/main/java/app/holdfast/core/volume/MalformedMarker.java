package app.holdfast.core.volume;

/// Bytes that are no marker of a drive.
public final class MalformedMarker extends Exception {

    private static final long serialVersionUID = 1;

    private final int offset;

    /// @param offset bytes from the start to what makes no sense
    MalformedMarker(int offset, String reason) {
        super("byte " + offset + ": " + reason);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
