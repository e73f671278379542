package app.holdfast.desktop.cli;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.model.DeviceId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// Makes a data directory, and serves one without a window. Only in the process that it was typed to.
final class Hosting {

    private final Invocation invocation;

    Hosting(Invocation invocation) {
        this.invocation = invocation;
    }

    int initialise(String name) throws CoreException {
        invocation.session().door();
        Path data = invocation.session().data();
        DeviceId device = Holdfast.initialise(data, name);
        ObjectNode document = Shapes.object();
        document.set("device", Shapes.named(device.hex(), name));
        document.put("data", data.toString());
        invocation.answer(document, () -> new Prose(invocation.words()).line("init.done", name, data.toString()));
        return 0;
    }

    /// Says that it is ready in one line of JSON, whatever the form asked for, because only programs wait for it.
    int serve(InetSocketAddress bind) throws CoreException, CliException {
        Door door = invocation.session().door();
        Path data = invocation.session().data();
        Logs.keep(data);
        Ending ending = Ending.onSignal(door.threads());
        try (Holdfast holdfast = Holdfast.open(data)) {
            Devices devices = holdfast.connect(bind);
            var open = new OpenLibrary(data, holdfast.library(), devices, holdfast::newId, _ -> { });
            try (CommandServer _ = CommandServer.headless(open, door)) {
                ObjectNode ready = Shapes.ready(devices.reachable());
                invocation.answer(ready, () -> ready + "\n");
                ending.await();
            }
        } finally {
            ending.done();
        }
        return 0;
    }
}
