package app.holdfast.desktop.cli;

/// A command cannot be carried out, for a reason that the core knows nothing of.
final class CliException extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;

    /// @param code    a word for scripts, such as `ambiguous`; the whole list is in docs/command-line.md
    /// @param message English, as the core's
    CliException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
