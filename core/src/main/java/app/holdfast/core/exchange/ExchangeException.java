package app.holdfast.core.exchange;

/// What the other side said is refused.
public final class ExchangeException extends Exception {

    private static final long serialVersionUID = 1;

    private final String where;
    private final String reason;
    private final long offset;

    /// @param where  what the offset counts in
    /// @param offset bytes from its start to the first that makes no sense
    ExchangeException(String where, String reason, long offset) {
        super(reason + ", at byte " + offset + " of " + where);
        this.where = where;
        this.reason = reason;
        this.offset = offset;
    }

    public String where() {
        return where;
    }

    public String reason() {
        return reason;
    }

    public long offset() {
        return offset;
    }
}
