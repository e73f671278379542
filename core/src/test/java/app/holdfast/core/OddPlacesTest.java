package app.holdfast.core;

import static app.holdfast.core.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Volumes;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders in places with odd names, which sync to another device over kwik on loopback. The drive they are on is a
/// folder that says that it is one.
final class OddPlacesTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final String COMPOSED = "caf\u00e9";
    private static final String DECOMPOSED = "cafe\u0301";

    @TempDir
    private Path folder;

    private final AtomicReference<Path> mountPoint = new AtomicReference<>();
    private Holdfast owner;
    private Holdfast other;

    /// One drive.
    private final class Mounts implements Volumes {

        @Override
        public MountedVolume volumeOf(Path path) {
            return mounted().getFirst();
        }

        @Override
        public List<MountedVolume> mounted() {
            return List.of(new MountedVolume(mountPoint.get(), Path.of("/"), "ext4", "/dev/odd", "Odd", "0DD-1D", 0,
                    false, new MountedVolume.Medium("8:99", "", false, 0)));
        }
    }

    @BeforeEach
    void pair() throws Exception {
        folder = folder.toRealPath();
        mountPoint.set(Files.createDirectories(folder.resolve("50%_of " + DECOMPOSED)));
        Holdfast.initialise(folder.resolve("owner"), "owner");
        Holdfast.initialise(folder.resolve("other"), "other");
        owner = Holdfast.open(folder.resolve("owner"), new Mounts());
        other = Holdfast.open(folder.resolve("other"));
        Devices atOwner = owner.connect(LOOPBACK);
        get(other.connect(LOOPBACK).join(get(atOwner.invite(true, Duration.ofMinutes(5))).ticket(),
                (_, _) -> true));
    }

    @AfterEach
    void close() {
        other.close();
        owner.close();
    }

    private static LocationRow await(Holdfast device, LocationId id, Predicate<LocationRow> condition)
            throws Exception {
        return Awaited.await(device, reader -> reader.locations().stream().filter(row -> row.id().equals(id))
                .filter(condition).findFirst());
    }

    private void awaitSame() throws Exception {
        Awaited.await(other, reader -> Optional.of(reader.hash())
                .filter(owner.library().ask(LibraryReader::hash)::equals));
    }

    private LocationId add(Path top, String... files) throws Exception {
        Files.createDirectories(top);
        for (String file : files) {
            Files.writeString(top.resolve(file), file);
        }
        LocationId id = new LocationId(owner.newId());
        get(owner.library().submit(new Command.AddLocation(id, top, Optional.empty())));
        assertThat(await(other, id, row -> row.entries() == files.length).name())
                .isEqualTo(top.getFileName().toString());
        return id;
    }

    private static List<String> names(Holdfast device, LocationId id) {
        return device.library().ask(reader -> reader.rows(reader.keys(new EntryScope.Folder(id, Optional.empty()),
                EntrySort.BY_NAME).from(0, 100))).stream().map(row -> row.path()).toList();
    }

    /// What one pattern of SQL would take for the same, and what a person's eye does.
    @Test
    void foldersWhoseNamesLookAlikeStayApart() throws Exception {
        Path top = mountPoint.get();
        LocationId percent = add(top.resolve("a%b_" + COMPOSED), "1%_" + COMPOSED, "1%_" + DECOMPOSED, "1xyz");
        LocationId plain = add(top.resolve("axxbx" + COMPOSED), "plain");
        LocationId decomposed = add(top.resolve("a%b_" + DECOMPOSED), "decomposed");

        assertThat(names(other, percent)).containsExactlyInAnyOrder("1%_" + COMPOSED, "1%_" + DECOMPOSED, "1xyz");
        assertThat(names(other, plain)).containsExactly("plain");
        assertThat(names(other, decomposed)).containsExactly("decomposed");
        assertThat(owner.library().ask(LibraryReader::locations)).extracting(LocationRow::absolutePath)
                .containsExactlyInAnyOrderElementsOf(Stream.of("a%b_" + COMPOSED, "axxbx" + COMPOSED,
                        "a%b_" + DECOMPOSED).map(name -> Optional.of(top.resolve(name))).toList());

        get(owner.library().submit(new Command.RemoveLocation(percent)));
        Awaited.await(other, reader -> reader.locations().size() == 2 ? Optional.of(true) : Optional.empty());
        assertThat(names(other, plain)).containsExactly("plain");
        assertThat(names(other, decomposed)).containsExactly("decomposed");
        awaitSame();
    }

    /// Only the first time that the mount point occurs in it is a path's mount point.
    @Test
    void aPathThatHoldsTheMountPointTwiceIsFoundWhereverItIsMounted() throws Exception {
        Path again = mountPoint.get().getRoot().relativize(mountPoint.get());
        Path within = again.resolve("photos");
        LocationId id = add(mountPoint.get().resolve(within), "beach");
        assertThat(await(owner, id, row -> row.entries() == 1).absolutePath())
                .contains(mountPoint.get().resolve(within));
        owner.close();
        Path elsewhere = folder.resolve("else%where");
        Files.move(mountPoint.get(), elsewhere);
        mountPoint.set(elsewhere);
        Files.writeString(elsewhere.resolve(within).resolve("hill"), "hill");

        owner = Holdfast.open(folder.resolve("owner"), new Mounts());
        owner.connect(LOOPBACK);

        await(other, id, row -> row.entries() == 2);
        assertThat(await(owner, id, row -> row.entries() == 2).absolutePath()).contains(elsewhere.resolve(within));
        assertThat(names(other, id)).containsExactly("beach", "hill");
        awaitSame();
    }
}
