package app.holdfast.desktop;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import app.holdfast.desktop.cli.CommandServer;
import app.holdfast.desktop.cli.Logs;
import app.holdfast.desktop.cli.OpenLibrary;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// A library that is open and connected and hears commands typed elsewhere, for the window. Made, used for closing and
/// closed on the thread that opens.
///
/// The system property `holdfast.bind` (`ADDRESS:PORT`) says where to listen for other devices; without it, on all
/// addresses and the port used last.
record OpenedLibrary(Holdfast holdfast, Devices devices, CommandServer commands) implements AutoCloseable {

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(0);

    /// @param toFront brings the window to the front, and has it import files; runs on any thread
    static OpenedLibrary open(Path data, Consumer<List<Path>> toFront) throws CoreException {
        Logs.keep(data);
        Holdfast holdfast = Holdfast.open(data);
        try {
            Devices devices = holdfast.connect(bind());
            var open = new OpenLibrary(data, holdfast.library(), devices, holdfast::newId, toFront);
            ThreadFactory threads = Thread.ofPlatform().daemon().name("command-", 0).factory();
            return new OpenedLibrary(holdfast, devices, CommandServer.inWindow(open, threads));
        } catch (CoreException failure) {
            holdfast.close();
            throw failure;
        }
    }

    Library library() {
        return holdfast.library();
    }

    UUID newId() {
        return holdfast.newId();
    }

    @Override
    public void close() {
        commands.close();
        holdfast.close();
    }

    private static InetSocketAddress bind() throws CoreException {
        String asked = System.getProperty("holdfast.bind", "");
        int colon = asked.lastIndexOf(':');
        if (asked.isEmpty()) {
            return ANYWHERE;
        }
        try {
            String host = asked.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
            return new InetSocketAddress(host, Integer.parseInt(asked.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new CoreException.CannotListen(asked, "not ADDRESS:PORT");
        }
    }
}
