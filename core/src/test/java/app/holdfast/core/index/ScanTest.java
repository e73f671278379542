package app.holdfast.core.index;

import static app.holdfast.core.store.LocationFixture.LOCATION_ID;
import static app.holdfast.core.store.LocationFixture.VOLUME_ID;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.store.LocationFixture;
import app.holdfast.core.store.LocationFixture.Row;
import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Real folders into a real database.
class ScanTest {

    private static final long SEED = Long.getLong("seed", 20260803);

    @TempDir
    private Path temp;
    private Path top;
    private LocationFixture library;

    @BeforeEach
    void openLibrary() throws Exception {
        top = Files.createDirectories(temp.toRealPath().resolve("top"));
        library = LocationFixture.create(Files.createDirectories(temp.resolve("data")));
    }

    @AfterEach
    void closeLibrary() {
        library.close();
    }

    @Test
    void rowsAreWhatIsOnTheDisk() throws IOException {
        Files.createDirectories(top.resolve("photos/2024/empty"));
        Files.writeString(top.resolve("photos/2024/beach.jpg"), "sand");
        Files.writeString(top.resolve(".hidden"), "");

        ScanProgress end = scan();

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.found()).isEqualTo(5);
        assertThat(DiskTree.of(library.tree())).hasSize(5).isEqualTo(DiskTree.read(top));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesOfAnyBytesAreKeptApartAndShown() throws IOException {
        for (byte[] name : new byte[][] {{(byte) 0xFF}, {(byte) 0xFE}, utf8("\uFFFD"), utf8("e\u0301"), utf8("\u00e9"),
                utf8("a\nb %_'\""), utf8("日本語")}) {
            Files.createFile(PathBytes.below(top, name).orElseThrow());
        }
        Path folder = PathBytes.below(top, new byte[] {'d', (byte) 0xC3}).orElseThrow();
        Files.createFile(Files.createDirectory(folder).resolve("inside"));

        scan();
        long mark = library.mark();
        scan();

        assertThat(DiskTree.of(library.tree())).hasSize(9).isEqualTo(DiskTree.read(top));
        assertThat(library.shownNames()).contains("\uFFFD", "d\uFFFD", "e\u0301", "\u00e9", "inside");
        assertThat(library.mark()).isEqualTo(mark);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void linksAndSpecialFilesAreEntriesAndNotEntered() throws Exception {
        Files.createDirectories(top.resolve("a/b"));
        Files.createSymbolicLink(top.resolve("a/b/up"), top);
        Files.createSymbolicLink(top.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(top.resolve("dangling"), Path.of("nowhere"));
        assertThat(new ProcessBuilder("mkfifo", top.resolve("pipe").toString()).start().waitFor()).isZero();

        ScanProgress end = scan();

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(library.tree()).hasSize(6);
        assertThat(library.tree().get("a/b/up").kind()).isEqualTo(EntryKind.SYMLINK);
        assertThat(library.tree().get("pipe").kind()).isEqualTo(EntryKind.OTHER);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pathsLongerThanTheSystemTakesAreScanned() throws IOException {
        Path upper = nest(top);
        Path lowerTop = Files.createDirectories(temp.toRealPath().resolve("lower"));
        Files.writeString(nest(lowerTop).resolve("leaf"), "x");
        Path joint = upper.resolve("lower");
        Files.move(lowerTop, joint);

        ScanProgress end = scan();

        Files.move(joint, lowerTop); // so that the folder can be deleted again
        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.unreadable()).isZero();
        assertThat(library.tree().lastKey()).hasSizeGreaterThan(5_000).endsWith("/leaf");
    }

    private static Path nest(Path folder) throws IOException {
        Path deepest = folder;
        for (int i = 0; i < 15; i++) {
            deepest = deepest.resolve("n".repeat(200));
        }
        return Files.createDirectories(deepest);
    }

    @Test
    void rescanOfAnUnchangedTreeWritesNothing() throws IOException {
        RandomTree tree = new RandomTree(top, new SplittableRandom(SEED));
        tree.change(200);
        scan();
        SortedMap<String, Row> before = library.tree();
        long mark = library.mark();

        ScanProgress end = scan();

        assertThat(end.found()).isEqualTo(before.size());
        assertThat(library.mark()).isEqualTo(mark);
        assertThat(library.tree()).isEqualTo(before);
    }

    @Test
    void rescanWritesExactlyWhatChanged() throws IOException {
        System.out.println("ScanTest seed " + SEED);
        RandomTree tree = new RandomTree(top, new SplittableRandom(SEED));
        tree.change(100);
        scan();

        for (int round = 0; round < 40; round++) {
            SortedMap<String, Row> before = library.tree();
            tree.change(12);
            scan();

            SortedMap<String, Row> after = library.tree();
            assertThat(DiskTree.of(after)).as("round %d", round).isEqualTo(DiskTree.read(top));
            after.forEach((path, row) -> assertThatOnlyAChangeWasWritten(path, before.get(path), row));
        }
    }

    private static void assertThatOnlyAChangeWasWritten(String path, Row before, Row now) {
        if (before == null) {
            return;
        }
        boolean sameFacts = before.kind() == now.kind() && before.size() == now.size()
                && before.modifiedMillis() == now.modifiedMillis();
        boolean sameSort = (before.kind() == EntryKind.DIRECTORY) == (now.kind() == EntryKind.DIRECTORY);
        if (sameSort && before.id().equals(now.id())) {
            assertThat(now.sequence() == before.sequence()).as(path).isEqualTo(sameFacts);
        }
        if (!sameSort) {
            assertThat(now.id()).as(path).isNotEqualTo(before.id());
        }
    }

    @Test
    void removedFolderIsListedOnceWhateverItHeld() throws IOException {
        Files.createDirectories(top.resolve("a/b/c"));
        Files.writeString(top.resolve("a/b/c/file"), "x");
        Files.writeString(top.resolve("a/file"), "x");
        scan();
        Row folder = library.tree().get("a");

        Files.delete(top.resolve("a/b/c/file"));
        Files.delete(top.resolve("a/b/c"));
        Files.delete(top.resolve("a/b"));
        Files.delete(top.resolve("a/file"));
        Files.delete(top.resolve("a"));
        scan();

        assertThat(library.tree()).isEmpty();
        assertThat(library.removals()).containsExactly(folder.id());
    }

    @Test
    void fileThatBecameAFolderIsAnotherEntry() throws IOException {
        Files.writeString(top.resolve("thing"), "x");
        scan();
        Row file = library.tree().get("thing");

        Files.delete(top.resolve("thing"));
        Files.createDirectory(top.resolve("thing"));
        Files.writeString(top.resolve("thing/inside"), "x");
        scan();

        assertThat(DiskTree.of(library.tree())).isEqualTo(DiskTree.read(top));
        assertThat(library.removals()).containsExactly(file.id());
        assertThat(library.tree().get("thing").id()).isNotEqualTo(file.id());
    }

    @Test
    void rowThatIsThereTwiceIsMended() throws IOException {
        Files.writeString(top.resolve("thing"), "x");
        scan();
        library.doubleEntry("thing");

        scan();

        assertThat(DiskTree.of(library.tree())).isEqualTo(DiskTree.read(top));
    }

    private ScanProgress scan() {
        var order = new Scan.Order(LOCATION_ID, "things", VOLUME_ID, top);
        return new Scan(order, LinuxDisk.ofThisSystem(), library.writer(), _ -> { }).run();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
