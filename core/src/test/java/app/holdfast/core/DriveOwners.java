package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.fake.Desk;
import app.holdfast.core.fake.LoopDrive;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.EntryWrites;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Three computers with a desk each, on which drives are plugged in: whole libraries in one process.
final class DriveOwners implements AutoCloseable {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 40;

    private final Path folder;
    private final Map<String, Holdfast> open = new HashMap<>();
    private final Map<String, Devices> devices = new HashMap<>();

    DriveOwners(Path folder) throws Exception {
        this.folder = folder;
        for (String name : names()) {
            Files.createDirectories(desk(name));
            Holdfast.initialise(folder.resolve(name), name);
            connect(name);
        }
    }

    List<String> names() {
        return List.of("studio-pc", "laptop", "kitchen");
    }

    Path desk(String name) {
        return folder.resolve("desk of " + name);
    }

    Holdfast get(String name) {
        return open.get(name);
    }

    void connect(String name) throws Exception {
        if (open.containsKey(name)) {
            open.get(name).close();
        }
        Holdfast opened = Holdfast.open(folder.resolve(name), new Desk(desk(name)));
        open.put(name, opened);
        devices.put(name, opened.connect(LOOPBACK));
    }

    /// The device goes on alone.
    void disconnect(String name) throws Exception {
        Holdfast before = open.get(name);
        before.close();
        open.put(name, Holdfast.open(folder.resolve(name), new Desk(desk(name))));
        devices.remove(name);
    }

    /// All belong to one library.
    void share() throws Exception {
        for (String name : names().subList(1, names().size())) {
            String ticket = get(devices.get(names().getFirst()).invite(true, Duration.ofMinutes(5))).ticket();
            get(devices.get(name).join(ticket, (_, _) -> true));
        }
        awaitEqual();
    }

    /// Plugs a drive in at the device's desk, puts files on it, and has it tracked and read.
    Path track(String device, LoopDrive drive, VolumeId volume, int files) throws Exception {
        Path mount = drive.plugIn(desk(device).resolve("disk"));
        for (int i = 0; i < files; i++) {
            Path file = mount.resolve("photos/" + i % 100 + "/" + i + ".jpg");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x".repeat(i % 7));
        }
        submit(device, new Command.TrackVolume(volume, mount));
        LocationId location = new LocationId(get(device).newId());
        submit(device, new Command.AddLocation(location, mount.resolve("photos"), Optional.empty()));
        await(device, reader -> reader.locations().stream()
                .filter(row -> row.state() == LocationRow.State.IDLE && row.entries() >= files).findFirst());
        return mount;
    }

    /// Gives a tag to the only file of that name.
    void tag(String device, String name) throws Exception {
        EntryRow file = ask(device, reader -> find(reader, name)).orElseThrow();
        TagId tag = new TagId(get(device).newId());
        submit(device, new Command.CreateTag(tag, "Trips", Optional.empty(), Optional.empty()));
        submit(device, new Command.AssignTags(List.of(file.id()), List.of(tag)));
    }

    static Optional<VolumeRow> ownedBy(LibraryReader reader, VolumeId volume, String device) {
        return reader.volumes().stream().filter(row -> row.id().equals(volume) && row.deviceName().equals(device))
                .findFirst();
    }

    static Optional<VolumeRow> inState(LibraryReader reader, VolumeId volume, VolumeRow.State state) {
        return reader.volumes().stream()
                .filter(row -> row.id().equals(volume) && row.standing().state() == state).findFirst();
    }

    static Optional<EntryRow> find(LibraryReader reader, String name) {
        var keys = reader.keys(new EntryScope.Search(name, List.of()), EntrySort.BY_NAME);
        return reader.rows(keys.from(0, 1)).stream().findFirst();
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    void submit(String name, Command command) throws Exception {
        get(open.get(name).library().submit(command));
    }

    /// Whatever comes of it.
    void submitAndFail(String name, Command command) throws Exception {
        try {
            submit(name, command);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(CoreException.class);
        }
    }

    <T> T ask(String name, Function<LibraryReader, T> question) {
        return open.get(name).library().ask(question);
    }

    boolean sees(String name, Function<LibraryReader, Optional<?>> question) {
        return ask(name, question).isPresent();
    }

    long entries(String name) {
        return ask(name, reader -> reader.summary().counts().entries());
    }

    /// Waits until a question's answer is as wanted; asked by the library itself whenever something changed.
    <T> T await(String name, Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        Library library = open.get(name).library();
        try (Subscription _ = library.observe(question, answer -> answer.ifPresent(found::complete))) {
            return found.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not so on " + name + ": " + library.ask(LibraryReader::volumes) + " "
                    + library.ask(LibraryReader::mounts) + " " + library.ask(LibraryReader::locations) + " "
                    + library.ask(LibraryReader::scans), e);
        }
    }

    <T extends CoreEvent> CompletableFuture<T> hear(String name, Class<T> kind) {
        CompletableFuture<T> heard = new CompletableFuture<>();
        open.get(name).library().listen(event -> {
            if (kind.isInstance(event)) {
                heard.complete(kind.cast(event));
            }
        });
        return heard;
    }

    /// Waits until the move of a drive is among the events.
    String labelThatMoved(String name) throws Exception {
        return label(name, SyncEvent.Kind.DRIVE_MOVED);
    }

    /// The same of two drives that say that they are one.
    String labelThatIsThereTwice(String name) throws Exception {
        return label(name, SyncEvent.Kind.DRIVE_TWICE);
    }

    private String label(String name, SyncEvent.Kind kind) throws Exception {
        return await(name, reader -> reader.syncEvents(1_000, 0).stream().filter(event -> event.kind() == kind)
                .map(event -> event.details().getOrDefault("label", "")).findFirst());
    }

    /// Waits until all hold the same.
    void awaitEqual() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (names().stream().map(name -> ask(name, reader -> reader.hash().hash())).distinct().count() > 1) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(names().stream().map(name -> name + " " + ask(name, LibraryReader::hash)
                        + " " + ask(name, LibraryReader::volumes)).toList().toString());
            }
            for (Devices each : devices.values()) {
                get(each.syncNow());
            }
        }
    }

    /// Closes all, has every write of an entry counted from now on, and opens them again.
    void reopenCounting() throws Exception {
        for (String name : names()) {
            open.get(name).close();
            EntryWrites.count(folder.resolve(name));
        }
        for (String name : names()) {
            connect(name);
        }
        awaitEqual();
    }

    /// Closes all.
    ///
    /// @return what was written since
    long entryWrites() throws Exception {
        long all = 0;
        for (String name : names()) {
            open.get(name).close();
            all += EntryWrites.of(folder.resolve(name));
        }
        return all;
    }

    @Override
    public void close() {
        open.values().forEach(Holdfast::close);
    }
}
