package app.holdfast.core.vault.stronghold;

/// Bytes that are no payload of a Stronghold snapshot. The message holds none of them.
public final class MalformedSnapshot extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final long offset;

    /// @param offset bytes from the start of the payload, or of its compressed form, to what makes no sense
    public MalformedSnapshot(String reason, long offset) {
        super(reason + " at byte " + offset);
        this.reason = reason;
        this.offset = offset;
    }

    public String reason() {
        return reason;
    }

    public long offset() {
        return offset;
    }
}
