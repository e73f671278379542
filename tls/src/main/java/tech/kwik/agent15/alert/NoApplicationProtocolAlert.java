package tech.kwik.agent15.alert;

import java.util.List;

import tech.kwik.agent15.TlsConstants.AlertDescription;

/// The two sides have no application protocol in common (RFC 7301 section 3.2).
public class NoApplicationProtocolAlert extends ErrorAlert {

    public NoApplicationProtocolAlert(List<String> requested) {
        super("none of " + requested.size() + " application protocols is spoken here",
                AlertDescription.no_application_protocol);
    }
}
