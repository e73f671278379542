package app.holdfast.desktop.cli;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Two paired devices on one machine, in a folder that is gone afterwards: *Studio* holds a sample tree and stays
/// without a window, *Laptop* sees it in one. Everything listens on the loopback interface alone.
final class Demo {

    /// How long the two may take to agree on a few dozen files.
    private static final Duration AGREEING_TIME_MAX = Duration.ofSeconds(30);
    private static final String CROSSING = "Favourites";

    private final Invocation invocation;

    Demo(Invocation invocation) {
        this.invocation = invocation;
    }

    /// Blocks until the window is closed.
    ///
    /// @param check shows no window: looks whether a tag set on Laptop arrives on Studio, says so and ends
    int run(boolean check) throws CoreException, CliException {
        Door door = invocation.session().door();
        try (DemoFolder folder = DemoFolder.make(door.threads())) {
            System.setProperty("holdfast.state", folder.path().resolve("state").toString());
            Path files = folder.path().resolve("Studio files");
            int expected = SampleTree.write(files);
            Path studioData = folder.path().resolve("studio");
            Path laptopData = folder.path().resolve("laptop");
            Holdfast.initialise(studioData, "Studio");
            Holdfast.initialise(laptopData, "Laptop");
            try (Holdfast studio = Holdfast.open(studioData)) {
                Devices studioDevices = studio.connect(loopback());
                fill(studio, files);
                try (Holdfast laptop = Holdfast.open(laptopData)) {
                    pair(studioDevices, laptop.connect(loopback()));
                    cross(laptop.library(), studio.library(), expected, check);
                }
                if (!check) {
                    var open = new OpenLibrary(studioData, studio.library(), studioDevices, studio::newId, _ -> { });
                    show(open, laptopData, door);
                }
            }
        } catch (IOException e) {
            throw new CliException("demo_failed", "the demonstration's folder cannot be made: " + e.getMessage());
        }
        return 0;
    }

    private void show(OpenLibrary studio, Path laptopData, Door door) throws CoreException {
        try (CommandServer _ = CommandServer.headless(studio, door)) {
            System.setProperty("holdfast.bind", "127.0.0.1:0");
            invocation.tell(invocation.words().get("demo.ready", studio.data().toString(),
                    door.environment().getOrDefault("HOLDFAST_COMMAND", "holdfast")));
            door.window().accept(laptopData, List.of());
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void fill(Holdfast studio, Path files) throws CoreException, CliException {
        Library library = studio.library();
        var location = new LocationId(studio.newId());
        Waiting.on(library.submit(new Command.AddLocation(location, files, Optional.of("Studio files"))));
        Path letter = files.resolve("Papers").resolve("Letters").resolve("Landlord.txt");
        EntryRow row = until(library, reader -> reader.entryAt(letter), Optional::isPresent).orElseThrow();
        TagId work = tag(studio, "Work", null, TagColor.BLUE);
        tag(studio, "To answer", work, TagColor.ORANGE);
        tag(studio, CROSSING, null, TagColor.PINK);
        Waiting.on(library.submit(new Command.AssignTags(List.of(row.id()), List.of(work))));
    }

    private static TagId tag(Holdfast holdfast, String name, @Nullable TagId parent, TagColor color)
            throws CoreException, CliException {
        var id = new TagId(holdfast.newId());
        Waiting.on(holdfast.library().submit(
                new Command.CreateTag(id, name, Optional.ofNullable(parent), Optional.of(color))));
        return id;
    }

    private static void pair(Devices studio, Devices laptop) throws CoreException, CliException {
        Devices.Invitation invitation = Waiting.on(studio.invite(true, Duration.ofMinutes(5)));
        Waiting.on(laptop.join(invitation.ticket(), (_, _) -> true));
    }

    /// Laptop tags a picture that Studio holds; Studio has to see it.
    private void cross(Library laptop, Library studio, int expected, boolean check)
            throws CoreException, CliException {
        until(laptop, reader -> reader.summary().counts().entries(), count -> count >= expected);
        TagId favourites = Finding.tag(laptop, CROSSING).id();
        EntryId picture = laptop.ask(Demo::picture).id();
        long began = System.nanoTime();
        Waiting.on(laptop.submit(new Command.AssignTags(List.of(picture), List.of(favourites))));
        until(studio, reader -> reader.entry(picture), row -> row.isPresent() && !row.get().tags().isEmpty());
        long crossedMicros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        String hash = until(laptop, reader -> reader.hash().hash(),
                value -> value.equals(studio.ask(LibraryReader::hash).hash()));
        if (check) {
            invocation.answer(Shapes.object().put("entries", expected).put("crossedMicros", crossedMicros)
                    .put("hash", hash), () -> hash + "\n");
        }
    }

    private static EntryRow picture(LibraryReader reader) {
        EntryKeys keys = reader.keys(new EntryScope.Search("IMG_1007", List.of()), EntrySort.BY_NAME);
        return reader.rows(keys.from(0, 1)).getFirst();
    }

    /// The first answer that is as it should be.
    private static <T> T until(Library library, Function<LibraryReader, T> question, Predicate<T> wanted)
            throws CoreException, CliException {
        var met = new CompletableFuture<T>();
        try (Subscription _ = library.observe(question, answer -> {
            if (wanted.test(answer)) {
                met.complete(answer);
            }
        })) {
            return Waiting.on(met.orTimeout(AGREEING_TIME_MAX.toSeconds(), TimeUnit.SECONDS));
        }
    }
}
