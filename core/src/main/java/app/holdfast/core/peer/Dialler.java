package app.holdfast.core.peer;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// Makes links to devices: `Endpoint.dial` for one protocol.
@FunctionalInterface
public interface Dialler {

    /// Waits for the device to answer; an interrupt gives up.
    ///
    /// @throws IOException when no link could be made, a `DialException` when it is known why
    Link dial(DeviceId expected, List<InetSocketAddress> candidates) throws IOException;
}
