package app.holdfast.core.api;

/// What was typed is no query.
public final class BadQuery extends Exception {

    private static final long serialVersionUID = 1;

    /// Why. UNKNOWN_KEY: no such word before a colon. VALUE: not what this word takes. OPEN_QUOTE: a quotation that
    /// does not end. NOTHING: nothing where something was expected. LONG: more than is taken.
    public enum Reason { UNKNOWN_KEY, VALUE, OPEN_QUOTE, NOTHING, LONG }

    private final Reason reason;
    private final int offset;
    private final String word;

    /// @param offset characters from the start to what is wrong
    /// @param word   what stands there
    public BadQuery(Reason reason, int offset, String word) {
        super(reason + " at " + offset);
        this.reason = reason;
        this.offset = offset;
        this.word = word;
    }

    public Reason reason() {
        return reason;
    }

    public int offset() {
        return offset;
    }

    public String word() {
        return word;
    }
}
