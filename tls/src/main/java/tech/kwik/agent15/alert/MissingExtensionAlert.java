package tech.kwik.agent15.alert;

import tech.kwik.agent15.TlsConstants.AlertDescription;

/// A mandatory extension is not there.
public class MissingExtensionAlert extends ErrorAlert {

    public MissingExtensionAlert(String message) {
        super(message, AlertDescription.missing_extension);
    }
}
