package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.store.LocationFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same as [MovedEntriesTest] where a filesystem does not tell by what it knows a file, as FAT, exFAT and all that
/// comes through FUSE.
class NodelessMovesTest {

    /// Of files that were written together, by a camera or a copy.
    private static final FileTime TOGETHER = FileTime.fromMillis(1_700_000_002_000L);

    @TempDir
    private Path temp;
    private Path top;
    private ScannedTree tree;
    private LocationFixture library;

    /// A disk whose inodes say nothing.
    private static final class Nodeless implements Disk {
        private final Disk disk = LinuxDisk.ofThisSystem();

        @Override
        public Folder top(Path path) throws IOException {
            return disk.top(path);
        }

        @Override
        public boolean list(Folder folder, Children children) throws IOException {
            return disk.list(folder, child -> children.take(child.withoutNode()));
        }
    }

    @BeforeEach
    void openLibrary() throws Exception {
        tree = ScannedTree.of(temp, new Nodeless(),
                List.of("a/one", "a/deep/two", "a/deep/er/three", "b/four", "z/fifth"));
        top = tree.top();
        library = tree.library();
    }

    @AfterEach
    void closeLibrary() {
        tree.close();
    }

    private void scan() {
        tree.scan();
    }

    private UUID id(String path) {
        return tree.id(path);
    }

    @Test
    void renamedFileKeepsItsRow() throws IOException {
        UUID one = id("a/one");
        UUID four = id("b/four");

        Files.move(top.resolve("a/one"), top.resolve("a/ONE"));
        Files.move(top.resolve("b/four"), top.resolve("z/4"));
        scan();

        assertThat(id("a/ONE")).isEqualTo(one);
        assertThat(id("z/4")).isEqualTo(four);
    }

    @Test
    void renamedFolderKeepsItsRowAndThoseOfAllBelow() throws IOException {
        UUID a = id("a");
        UUID deep = id("a/deep");
        UUID deeper = id("a/deep/er");
        UUID three = id("a/deep/er/three");

        Files.move(top.resolve("a"), top.resolve("holidays"));
        scan();

        assertThat(id("holidays")).isEqualTo(a);
        assertThat(id("holidays/deep")).isEqualTo(deep);
        assertThat(id("holidays/deep/er")).isEqualTo(deeper);
        assertThat(id("holidays/deep/er/three")).isEqualTo(three);
        assertThat(library.count()).isEqualTo(10);
    }

    @Test
    void movedFolderKeepsItsRowAndWhatWasDeletedInItIsGone() throws IOException {
        UUID deep = id("a/deep");
        UUID two = id("a/deep/two");

        Files.delete(top.resolve("a/deep/er/three"));
        Files.delete(top.resolve("a/deep/er"));
        Files.move(top.resolve("a/deep"), top.resolve("z/deep"));
        Files.writeString(top.resolve("z/deep/new"), "this one is new");
        scan();

        assertThat(id("z/deep")).isEqualTo(deep);
        assertThat(id("z/deep/two")).isEqualTo(two);
    }

    @Test
    void foldersMovedIntoEachOtherLoseNothing() throws IOException {
        UUID deeper = id("a/deep/er");
        UUID three = id("a/deep/er/three");
        UUID one = id("a/one");

        Files.move(top.resolve("a/deep/er"), top.resolve("er"));
        Files.move(top.resolve("a"), top.resolve("er/a"));
        scan();
        scan();

        assertThat(id("er")).isEqualTo(deeper);
        assertThat(id("er/three")).isEqualTo(three);
        assertThat(id("er/a/one")).isEqualTo(one);
    }

    @Test
    void folderWhoseFilesWentElsewhereDoesNotFollowThem() throws IOException {
        UUID a = id("a");
        UUID one = id("a/one");
        Files.createDirectory(top.resolve("b/other"));

        Files.move(top.resolve("a/one"), top.resolve("b/other/one"));
        Files.delete(top.resolve("a/deep/er/three"));
        Files.delete(top.resolve("a/deep/er"));
        Files.delete(top.resolve("a/deep/two"));
        Files.delete(top.resolve("a/deep"));
        Files.delete(top.resolve("a"));
        scan();

        assertThat(id("b/other/one")).isEqualTo(one);
        assertThat(id("b/other")).isNotEqualTo(a);
    }

    @Test
    void whichOfTwoThatLookAlikeIsNotGuessed() throws IOException {
        for (String name : new String[] {"a/p1", "a/p2"}) {
            Files.writeString(top.resolve(name), "as long as the other" + name);
            Files.setLastModifiedTime(top.resolve(name), TOGETHER);
        }
        scan();
        UUID first = id("a/p1");
        UUID second = id("a/p2");

        Files.move(top.resolve("a/p1"), top.resolve("a/q1"));
        Files.delete(top.resolve("a/p2"));
        scan();

        assertThat(id("a/q1")).isNotIn(first, second);
    }

    @Test
    void whatLooksLikeOthersOfItsFolderIsNotGuessed() throws IOException {
        for (String name : new String[] {"a/p1", "a/p2"}) {
            Files.writeString(top.resolve(name), "as long as the other" + name);
            Files.setLastModifiedTime(top.resolve(name), TOGETHER);
        }
        scan();
        UUID first = id("a/p1");

        Files.move(top.resolve("a/p1"), top.resolve("a/q1"));
        scan();

        assertThat(id("a/q1")).isNotEqualTo(first);
    }

    @Test
    void anotherFileIsNotTakenForTheOneThatWent() throws IOException {
        UUID one = id("a/one");

        Files.delete(top.resolve("a/one"));
        Files.writeString(top.resolve("a/two"), "of another size");
        scan();

        assertThat(id("a/two")).isNotEqualTo(one);
    }

    @Test
    void treesThatAreMovedAtRandomAreReadAsTheyAre() throws IOException {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.err.println("NodelessMovesTest -Dholdfast.seed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 4; i++) {
                shuffle(random, round * 10 + i);
            }
            scan();
        }
        assertThat(library.count()).isEqualTo(DiskTree.read(top).size());
    }

    private void shuffle(Random random, int number) throws IOException {
        try (var all = Files.walk(top)) {
            var paths = all.filter(path -> !path.equals(top)).sorted().toList();
            Path one = paths.get(random.nextInt(paths.size()));
            Path other = paths.get(random.nextInt(paths.size()));
            Path folder = Files.isDirectory(other) ? other : other.getParent();
            switch (random.nextInt(4)) {
                case 0 -> Files.writeString(Files.createDirectories(folder.resolve("f" + number)).resolve("x"),
                        "x".repeat(1 + random.nextInt(3)));
                case 1 -> {
                    if (!folder.startsWith(one)) {
                        Files.move(one, folder.resolve("m" + number));
                    }
                }
                case 2 -> {
                    if (!Files.isDirectory(one)) {
                        Files.delete(one);
                    }
                }
                default -> Files.move(one, one.resolveSibling("r" + number));
            }
        }
    }
}
