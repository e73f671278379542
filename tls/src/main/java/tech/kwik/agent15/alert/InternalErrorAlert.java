package tech.kwik.agent15.alert;

import tech.kwik.agent15.TlsConstants.AlertDescription;

/// This side cannot go on, through no fault of the peer.
public class InternalErrorAlert extends ErrorAlert {

    public InternalErrorAlert(String message) {
        super(message, AlertDescription.internal_error);
    }
}
