package tech.kwik.agent15.alert;

import tech.kwik.agent15.TlsConstants.AlertDescription;

/// Bytes of the peer do not have the form they must have; the message says where.
public class DecodeErrorException extends ErrorAlert {

    public DecodeErrorException(String message) {
        super(message, AlertDescription.decode_error);
    }
}
