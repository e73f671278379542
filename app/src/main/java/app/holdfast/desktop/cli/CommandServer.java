package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.desktop.instance.HeapUpkeep;
import app.holdfast.desktop.instance.InstanceSocket;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/// Carries out commands that are typed elsewhere while this process has the library open: what the window and `serve`
/// start once they hold it and stop before they close it.
public final class CommandServer implements AutoCloseable {

    private final InstanceSocket socket;
    /// Whoever carries out commands of others is there for long.
    private final HeapUpkeep upkeep;

    private CommandServer(InstanceSocket socket, HeapUpkeep upkeep) {
        this.socket = socket;
        this.upkeep = upkeep;
    }

    /// For the window. Returns at once; commands run on threads of their own.
    ///
    /// @param threads makes platform threads that do not keep the process alive
    public static CommandServer inWindow(OpenLibrary open, ThreadFactory threads) throws CoreException {
        return start(Session.Host.WINDOW, open, System.getenv(), threads);
    }

    /// For `serve` and the demonstration's second device.
    static CommandServer headless(OpenLibrary open, Door door) throws CoreException {
        return start(Session.Host.HEADLESS, open, door.environment(), door.threads());
    }

    private static CommandServer start(Session.Host host, OpenLibrary open, Map<String, String> environment,
            ThreadFactory threads) throws CoreException {
        try {
            return new CommandServer(InstanceSocket.listen(open.data(), environment, (request, terminal) -> {
                Invocation invocation = Invocation.of(request, terminal, Session.borrowed(host, open));
                return CommandTree.execute(invocation, request.arguments());
            }, threads), HeapUpkeep.begin(threads));
        } catch (IOException e) {
            throw new CoreException.StorageFailed(open.data(), "no socket for commands: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        socket.close();
        upkeep.close();
    }
}
