package app.holdfast.example.album;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole libraries in one process, over kwik on loopback: some with the extension, one without.
class AlbumsTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 60;
    private static final UUID ICELAND = new UUID(0x7000, 1);

    @TempDir
    private Path folder;

    private final List<Holdfast> opened = new ArrayList<>();

    /// Finds everything but extensions.
    private static final class WithoutExtensions extends ClassLoader {
        private WithoutExtensions() {
            super(AlbumsTest.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws java.io.IOException {
            return name.startsWith("META-INF/services/app.holdfast.") ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }

    private Holdfast open(String name) throws CoreException {
        if (!Holdfast.isInitialised(folder.resolve(name))) {
            Holdfast.initialise(folder.resolve(name), name);
        }
        Holdfast holdfast = Holdfast.open(folder.resolve(name));
        opened.add(holdfast);
        return holdfast;
    }

    private Holdfast openWithoutExtension(String name) throws CoreException {
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new WithoutExtensions());
        try {
            return open(name);
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }
    }

    @AfterEach
    void close() {
        opened.reversed().forEach(Holdfast::close);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static void submit(Holdfast at, Command command) throws Exception {
        get(at.library().submit(command));
    }

    private static <T> T await(Library library, Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = library.observe(question, answer -> answer.ifPresent(found::complete))) {
            return found.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private static Album awaitAlbum(Holdfast at, String title) throws Exception {
        return await(at.library(), reader -> Album.all(reader).stream()
                .filter(album -> album.title().equals(title)).findFirst());
    }

    private static void awaitNoAlbum(Holdfast at) throws Exception {
        await(at.library(), reader -> Album.all(reader).isEmpty() ? Optional.of(true) : Optional.empty());
    }

    private static void pair(Devices inviting, Devices joining) throws Exception {
        String ticket = get(inviting.invite(true, Duration.ofMinutes(5))).ticket();
        get(joining.join(ticket, (_, _) -> true));
    }

    private static LibraryHash hash(Holdfast at) {
        return at.library().ask(LibraryReader::hash);
    }

    private EntryId addFile(Holdfast at) throws Exception {
        Path top = Files.createDirectories(folder.resolve("things"));
        Files.writeString(top.resolve("glacier.jpg"), "ice");
        submit(at, new Command.AddLocation(new LocationId(at.newId()), top, Optional.empty()));
        return await(at.library(), AlbumsTest::glacier).id();
    }

    private static Optional<EntryRow> glacier(LibraryReader reader) {
        var keys = reader.keys(new EntryScope.Search("glacier", List.of()), EntrySort.BY_NAME);
        return reader.rows(keys.from(0, 1)).stream().findFirst();
    }

    @Test
    void anAlbumMadeHereIsSeenThereWithItsCover() throws Exception {
        Holdfast one = open("one");
        Holdfast two = open("two");
        pair(one.connect(LOOPBACK), two.connect(LOOPBACK));
        EntryId glacier = addFile(one);

        submit(one, Albums.create(ICELAND, "Iceland"));
        submit(one, Albums.cover(ICELAND, Optional.of(glacier)));
        Album seen = await(two.library(), reader -> Album.all(reader).stream()
                .filter(album -> album.cover().isPresent()).findFirst());
        submit(two, Albums.rename(ICELAND, "Iceland 2026"));

        assertThat(seen).isEqualTo(new Album(ICELAND, "Iceland", Optional.of(glacier)));
        assertThat(awaitAlbum(one, "Iceland 2026").cover()).contains(glacier);
        submit(one, Albums.delete(ICELAND));
        awaitNoAlbum(two);
    }

    @Test
    void anAlbumWhoseCoverIsNotHereIsShownWithoutOne() throws Exception {
        Holdfast one = open("one");

        submit(one, Albums.create(ICELAND, "Iceland"));
        submit(one, Albums.cover(ICELAND, Optional.of(new EntryId(new UUID(9, 9)))));

        assertThat(awaitAlbum(one, "Iceland").cover()).isEmpty();
    }

    @Test
    void aLibraryWithoutTheExtensionKeepsAlbumsAndPassesThemOn() throws Exception {
        Holdfast one = open("one");
        Holdfast between = openWithoutExtension("between");
        Holdfast two = open("two");
        Devices atBetween = between.connect(LOOPBACK);
        Devices atOne = one.connect(LOOPBACK);
        pair(atOne, atBetween);
        submit(one, Albums.create(ICELAND, "Iceland"));
        await(between.library(), reader -> Optional.of(true)
                .filter(_ -> reader.hash().rows().containsKey(AlbumExtension.ALBUM)));
        one.close();
        opened.remove(one);

        pair(atBetween, two.connect(LOOPBACK));

        assertThat(awaitAlbum(two, "Iceland").id()).isEqualTo(ICELAND);
        assertThat(hash(between).rows()).containsEntry(AlbumExtension.ALBUM, 1L);
        assertThatThrownBy(() -> submit(between, Albums.create(ICELAND, "Ice")))
                .hasCauseInstanceOf(CoreException.NotFound.class);
    }

    @Test
    void albumsKeptWithoutTheExtensionAreShownWhenItIsThere() throws Exception {
        Holdfast with = open("one");
        submit(with, Albums.create(ICELAND, "Iceland"));
        with.close();
        opened.remove(with);
        Holdfast without = openWithoutExtension("one");
        without.close();
        opened.remove(without);

        Holdfast again = open("one");

        assertThat(awaitAlbum(again, "Iceland").id()).isEqualTo(ICELAND);
    }
}
