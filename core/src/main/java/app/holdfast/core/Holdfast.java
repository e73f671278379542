package app.holdfast.core;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.PlainText;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.clock.SystemTime;
import app.holdfast.core.extension.Extensions;
import app.holdfast.core.library.Connections;
import app.holdfast.core.library.OpenLibrary;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.identity.IdentityException;
import app.holdfast.core.vault.VaultDoor;
import app.holdfast.core.volume.Volumes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

/// The front door: makes a data directory, opens the library in it, stops it. Wires everything by hand, floor by
/// floor.
public final class Holdfast implements AutoCloseable {

    private static final String KEY_FILE = "device.key";
    private static final int NAME_MAX = 100;

    private final OpenLibrary library;
    private final Identity identity;
    private final Surroundings around;
    private Optional<Connections> connections = Optional.empty();

    private Holdfast(OpenLibrary library, Identity identity, Surroundings around) {
        this.library = library;
        this.identity = identity;
        this.around = around;
    }

    /// Whether the directory holds a library. Looks only at the files' presence.
    public static boolean isInitialised(Path data) {
        return LibraryStore.exists(data);
    }

    /// Makes the device's identity and a library of its own.
    ///
    /// @param name the device's name, 1 to 100 characters
    public static DeviceId initialise(Path data, String name) throws CoreException {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > NAME_MAX || !PlainText.is(stripped)) {
            throw new CoreException.Refused("a device's name has 1 to " + NAME_MAX + " characters");
        }
        boolean there = isInitialised(data);
        makeDirectory(data);
        SecureRandom random = new SecureRandom();
        Path key = data.resolve(KEY_FILE);
        try {
            Identity identity = Files.exists(key) ? Identity.read(key) : Identity.create(key, random);
            LibraryStore.create(data, identity.id(), stripped, surroundings(random, identity));
            return identity.id();
        } catch (IdentityException e) {
            throw new CoreException.StorageFailed(key, e.reason());
        } catch (CoreException.InUse e) {
            throw there ? new CoreException.AlreadyInitialised(data) : e;
        }
    }

    private static void makeDirectory(Path data) throws CoreException {
        try {
            boolean posix = data.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix && Files.notExists(data)) {
                Files.createDirectories(data,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(data);
            }
        } catch (IOException e) {
            throw new CoreException.StorageFailed(data, "the folder cannot be made (" + e.getMessage() + ")");
        }
    }

    /// Opens the library for work without the network; [#connect] adds that.
    public static Holdfast open(Path data) throws CoreException {
        return open(data, Volumes.ofThisSystem());
    }

    /// @param volumes the filesystems of this machine
    static Holdfast open(Path data, Volumes volumes) throws CoreException {
        if (!isInitialised(data)) {
            throw new CoreException.NotInitialised(data);
        }
        Path key = data.resolve(KEY_FILE);
        try {
            Identity identity = Identity.read(key);
            Surroundings around = surroundings(new SecureRandom(), identity);
            ExecutorService work = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 1).factory());
            return new Holdfast(OpenLibrary.open(data, identity.id(), around, work, volumes), identity, around);
        } catch (IdentityException e) {
            throw new CoreException.StorageFailed(key, e.reason());
        }
    }

    private static Surroundings surroundings(SecureRandom random, Identity identity) throws CoreException {
        ThreadFactory threads = Thread.ofPlatform().daemon().factory();
        return new Surroundings(new SystemTime(), random::nextLong, threads, memory(), new KeySigning(identity),
                Extensions.models());
    }

    /// Where programs of this user keep what they remember: outside of any library, so that a copied one is noticed.
    /// The system property `holdfast.state` names another place, for libraries that leave no trace.
    private static Path memory() {
        String chosen = System.getProperty("holdfast.state", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String state = System.getenv("XDG_STATE_HOME");
        String local = System.getenv("LOCALAPPDATA");
        String home = System.getenv("HOME"); // Java's own property comes from the password file
        Path base = state != null && !state.isBlank() ? Path.of(state)
                : local != null && !local.isBlank() ? Path.of(local)
                : Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home, ".local", "state");
        return base.resolve("holdfast");
    }

    /// The way to vaults in files. Needs no library.
    public static Vaults vaults() {
        return vaults((_, _) -> { });
    }

    /// The same, with the library's list of vaults kept up to date by what is done.
    public static Vaults vaults(Library library) {
        return vaults((file, deed) -> {
            var _ = library.submit(new Command.NoteVault(file, deed));
        });
    }

    /// @param told of a file after something was done to it, on the thread that did it
    public static Vaults vaults(BiConsumer<Path, Vaults.Deed> told) {
        SecureRandom random = new SecureRandom();
        return new VaultDoor(new SystemTime(), random::nextLong, told);
    }

    public Library library() {
        return library;
    }

    /// Listens, dials the members, answers pings, looks at this device's folders again. To be called once.
    ///
    /// @param bind where to listen; port 0 takes the one used last, if it is free
    public Devices connect(InetSocketAddress bind) throws CoreException {
        if (connections.isPresent()) {
            throw new IllegalStateException("connected already");
        }
        Connections opened = Connections.open(library, identity, bind, around);
        connections = Optional.of(opened);
        return opened;
    }

    /// A new id for something a command makes.
    public UUID newId() {
        return around.timeOrderedId();
    }

    /// Ends links, scans and the writer, in that order, each within a deadline. What was committed is on disk.
    @Override
    public void close() {
        connections.ifPresent(Connections::close);
        library.close();
    }
}
