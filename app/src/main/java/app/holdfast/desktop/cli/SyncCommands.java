package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.SyncStatus;
import java.net.InetSocketAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What goes on between this device and the others.
@Command(name = "sync", description = "${bundle:sync}")
final class SyncCommands {

    private final Invocation invocation;

    SyncCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "status", description = "${bundle:sync.status}")
    int status() throws CoreException, CliException {
        SyncStatus status = invocation.session().library().ask(LibraryReader::syncStatus);
        invocation.answer(Shapes.sync(status), () -> new Prose(invocation.words()).sync(status));
        return 0;
    }

    @Command(name = "now", description = "${bundle:sync.now}")
    int now(@Option(names = "--bind", paramLabel = "ADDR:PORT", defaultValue = ListenAddress.ANYWHERE,
            converter = ListenAddress.class, description = "${bundle:option.bind}") InetSocketAddress bind)
            throws CoreException, CliException {
        Waiting.on(invocation.session().devices(bind).syncNow());
        return status();
    }
}
