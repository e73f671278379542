package app.holdfast.core.vault.age;

/// Bytes that are no age file of the kind that Stronghold writes, or that were changed.
public final class MalformedAge extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final long offset;

    /// @param offset bytes from the start of the age file to what makes no sense
    MalformedAge(String reason, long offset) {
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
