package app.holdfast.core.change;

/// A declaration that no registry takes; the message says what is wrong with which model.
public final class BadModel extends Exception {

    private static final long serialVersionUID = 1;

    BadModel(String reason) {
        super(reason);
    }
}
