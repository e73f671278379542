package tech.kwik.agent15.alert;

import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsProtocolException;

/// The handshake ends with this alert. The message goes to the peer in the clear: it never holds a secret.
public class ErrorAlert extends TlsProtocolException {

    private final AlertDescription alert;

    public ErrorAlert(String message, AlertDescription alert) {
        super(message);
        this.alert = alert;
    }

    public AlertDescription alertDescription() {
        return alert;
    }
}
