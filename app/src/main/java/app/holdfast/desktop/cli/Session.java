package app.holdfast.desktop.cli;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.Vaults;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The library a command works on: the running instance's, or one opened for this command when it first asks for it
/// and closed when it has ended. Confined to the command's thread.
final class Session implements AutoCloseable {

    private final Path data;
    private final Host host;
    private final @Nullable Door door;
    private final Consumer<List<Path>> show;
    private @Nullable Holdfast opened;
    private @Nullable Library library;
    private @Nullable Devices devices;
    private @Nullable Supplier<UUID> newIds;
    private @Nullable Ending ending;
    private final Map<Path, Vaults.Deed> vaultsUsed = new LinkedHashMap<>();

    /// Who has the library open, and so who can ask a person something.
    enum Host {
        /// This very process, for as long as the command takes.
        COMMAND,
        /// `serve`: nobody looks at it.
        HEADLESS,
        /// The window: it asks for itself.
        WINDOW
    }

    private Session(Path data, Host host, @Nullable Door door, Consumer<List<Path>> show) {
        this.data = data;
        this.host = host;
        this.door = door;
        this.show = show;
    }

    /// Opens nothing yet.
    static Session inProcess(Path data, Door door) {
        return new Session(data, Host.COMMAND, door, _ -> { });
    }

    /// A library that someone else has open and will close.
    static Session borrowed(Host host, OpenLibrary open) {
        var session = new Session(open.data(), host, null, open.show());
        session.library = open.library();
        session.devices = open.devices();
        session.newIds = open.newIds();
        return session;
    }

    Path data() {
        return data;
    }

    Host host() {
        return host;
    }

    /// For commands that open and close libraries themselves.
    ///
    /// @throws CoreException.InUse within an instance, which has its library open
    Door door() throws CoreException {
        if (door == null) {
            throw new CoreException.InUse(data);
        }
        return door;
    }

    /// Brings the window to the front, and has it import files.
    void show(List<Path> files) {
        show.accept(files);
    }

    Library library() throws CoreException {
        if (library == null) {
            Logs.keep(data);
            opened = Holdfast.open(data);
            newIds = opened::newId;
            library = opened.library();
        }
        return library;
    }

    /// Connects to the network when this process has not yet.
    ///
    /// @param bind where to listen if so
    Devices devices(InetSocketAddress bind) throws CoreException {
        library();
        if (devices == null) {
            if (opened == null) {
                throw new IllegalStateException("a borrowed library comes with its devices");
            }
            devices = opened.connect(bind);
        }
        return devices;
    }

    UUID newId() throws CoreException {
        library();
        if (newIds == null) {
            throw new IllegalStateException("an open library makes ids");
        }
        return newIds.get();
    }

    /// Has a signal interrupt this thread, and the process wait until the library is closed, so that who waits for us
    /// elsewhere learns of it at once. An instance sees to that itself.
    void endInOrder() {
        if (door != null && ending == null) {
            ending = Ending.interrupting(Thread.currentThread(), door.threads());
        }
    }

    /// Notes what the command did to a vault's file. What was more than to see it counts.
    void used(Path vault, Vaults.Deed deed) {
        vaultsUsed.merge(vault, deed, (before, now) -> now == Vaults.Deed.SEEN ? before : now);
    }

    Map<Path, Vaults.Deed> vaultsUsed() {
        return vaultsUsed;
    }

    @Override
    public void close() {
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            if (ending != null) {
                ending.done();
            }
        }
    }
}
