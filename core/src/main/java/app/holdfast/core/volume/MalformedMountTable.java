package app.holdfast.core.volume;

/// Bytes that are no table of mounts, or more of it than is taken.
final class MalformedMountTable extends Exception {

    private static final long serialVersionUID = 1;

    private final int offset;

    /// @param offset bytes from the start of the table to the line or field that makes no sense
    MalformedMountTable(int offset, String reason) {
        super("byte " + offset + ": " + reason);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
