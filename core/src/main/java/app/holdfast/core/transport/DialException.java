package app.holdfast.core.transport;

import java.io.IOException;

/// No link to a device could be made.
public final class DialException extends IOException {

    /// Why not; what helps is different for each.
    public enum Reason {
        /// Nobody answered at any of the addresses in time.
        UNREACHABLE,
        /// Somebody answered, but with another key than the one expected.
        OTHER_DEVICE,
        /// The device answered and does not want us.
        REFUSED,
        /// The device answered, but does not speak this protocol, or speaks it wrongly.
        OTHER_PROTOCOL
    }

    private final Reason reason;

    DialException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
