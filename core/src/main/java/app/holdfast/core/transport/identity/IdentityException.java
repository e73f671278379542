package app.holdfast.core.transport.identity;

import java.nio.file.Path;

/// This device's key cannot be used. The message says which file and why; it never holds a byte of the key.
public final class IdentityException extends Exception {

    private final String reason;

    IdentityException(Path file, String reason) {
        super(file + ": " + reason);
        this.reason = reason;
    }

    /// The message without the file.
    public String reason() {
        return reason;
    }
}
