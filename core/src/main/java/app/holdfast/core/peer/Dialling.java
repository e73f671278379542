package app.holdfast.core.peer;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/// One try to reach a device, on a thread of its own.
final class Dialling {

    private Dialling() {
    }

    /// @param outcome told once: a [Mail.Met] or a [Mail.DialFailed]
    static Thread start(DeviceId peer, Dialler dialler, List<InetSocketAddress> candidates, Greeting greeting,
            Consumer<Mail> outcome) {
        return Thread.ofVirtual().name("peer-dial-" + peer).start(() -> {
            Mail result = new Mail.DialFailed(new IOException("a fault in the program, see its log"));
            try {
                result = new Mail.Met(met(dialler.dial(peer, candidates), greeting));
            } catch (IOException e) {
                result = new Mail.DialFailed(e);
            } finally {
                outcome.accept(result);
            }
        });
    }

    private static Meeting met(Link link, Greeting greeting) throws IOException {
        try {
            return Meeting.dialled(link, greeting);
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }
}
