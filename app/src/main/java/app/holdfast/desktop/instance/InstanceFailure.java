package app.holdfast.desktop.instance;

/// The running instance could not be had to carry out a command. It may have done part of it when it ended midway.
public final class InstanceFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;

    InstanceFailure(String code, String message) {
        super(message);
        this.code = code;
    }

    /// A word for scripts: `busy`, `bad_request`, `bad_answer`, `instance_ended`.
    public String code() {
        return code;
    }
}
