package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.store.LocationFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What was moved between two scans keeps its row, and so its tags and notes.
@EnabledOnOs(OS.LINUX)
class MovedEntriesTest {

    @TempDir
    private Path temp;
    private Path top;
    private ScannedTree tree;
    private LocationFixture library;

    @BeforeEach
    void openLibrary() throws Exception {
        tree = ScannedTree.of(temp, LinuxDisk.ofThisSystem(),
                List.of("a/one", "a/deep/two", "a/deep/er/three", "b/four", "z/five"));
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
        UUID before = id("a/one");

        Files.move(top.resolve("a/one"), top.resolve("a/another"));
        scan();

        assertThat(id("a/another")).isEqualTo(before);
    }

    @Test
    void fileKeepsItsRowWhicheverFolderIsReadFirst() throws IOException {
        UUID one = id("a/one");
        UUID five = id("z/five");

        Files.move(top.resolve("a/one"), top.resolve("z/one"));
        Files.move(top.resolve("z/five"), top.resolve("a/five"));
        scan();

        assertThat(id("z/one")).isEqualTo(one);
        assertThat(id("a/five")).isEqualTo(five);
    }

    @Test
    void movedFolderIsOneRowWritten() throws IOException {
        UUID deep = id("a/deep");
        UUID three = id("a/deep/er/three");
        long mark = library.mark();

        Files.move(top.resolve("a/deep"), top.resolve("z/deep2"));
        setTimes();
        scan();

        assertThat(id("z/deep2")).isEqualTo(deep);
        assertThat(id("z/deep2/er/three")).isEqualTo(three);
        // the folder itself, and a and z, whose time of change moved
        assertThat(library.mark() - mark).isLessThanOrEqualTo(3);
        assertThat(library.removals()).isEmpty();
    }

    @Test
    void folderMovedIntoAFolderThatIsNewKeepsItsRow() throws IOException {
        UUID deep = id("a/deep");
        UUID three = id("a/deep/er/three");

        Files.createDirectory(top.resolve("new"));
        Files.move(top.resolve("a/deep"), top.resolve("new/deep"));
        scan();

        assertThat(id("new/deep")).isEqualTo(deep);
        assertThat(id("new/deep/er/three")).isEqualTo(three);
    }

    private void setTimes() throws IOException {
        Files.setLastModifiedTime(top.resolve("z/deep2"), Files.getLastModifiedTime(top.resolve("z/deep2")));
    }

    @Test
    void foldersThatChangedPlacesInTheTreeKeepTheirRows() throws IOException {
        UUID a = id("a");
        UUID deep = id("a/deep");
        UUID three = id("a/deep/er/three");

        Files.move(top.resolve("a/deep"), top.resolve("deep"));
        Files.move(top.resolve("a"), top.resolve("deep/a"));
        scan();

        assertThat(id("deep")).isEqualTo(deep);
        assertThat(id("deep/a")).isEqualTo(a);
        assertThat(id("deep/er/three")).isEqualTo(three);
    }

    @Test
    void fileMovedOutOfADeletedFolderKeepsItsRow() throws IOException {
        UUID three = id("a/deep/er/three");
        UUID two = id("a/deep/two");

        Files.move(top.resolve("a/deep/er/three"), top.resolve("b/three"));
        Files.delete(top.resolve("a/deep/er"));
        Files.move(top.resolve("a/deep/two"), top.resolve("two"));
        Files.delete(top.resolve("a/deep"));
        scan();

        assertThat(id("b/three")).isEqualTo(three);
        assertThat(id("two")).isEqualTo(two);
        assertThat(library.count()).isEqualTo(8);
    }

    @Test
    void moreThanOneJobHoldsKeepTheirRows() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            Files.createFile(top.resolve("a/file " + i));
        }
        scan();
        UUID first = id("a/file 0");
        UUID last = id("a/file 4999");

        for (int i = 0; i < 5_000; i++) {
            Files.move(top.resolve("a/file " + i), top.resolve("z/file " + i));
        }
        scan();

        assertThat(id("z/file 0")).isEqualTo(first);
        assertThat(id("z/file 4999")).isEqualTo(last);
        assertThat(library.count()).isEqualTo(5_010);
    }

    @Test
    void hardLinkIsAnEntryOfItsOwn() throws IOException {
        UUID one = id("a/one");

        Files.createLink(top.resolve("z/link"), top.resolve("a/one"));
        scan();
        UUID link = id("z/link");

        assertThat(id("a/one")).isEqualTo(one).isNotEqualTo(link);
        Files.delete(top.resolve("a/one"));
        scan();
        assertThat(id("z/link")).isEqualTo(link);
    }

    @Test
    void copyWithTheSameNameAndTimeTakesThePlaceOfTheDeletedOne() throws IOException {
        UUID one = id("a/one");
        Files.setLastModifiedTime(top.resolve("a/one"), FileTime.fromMillis(1_700_000_000_000L));
        scan();

        Files.copy(top.resolve("a/one"), top.resolve("b/one"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.delete(top.resolve("a/one"));
        scan();

        assertThat(id("b/one")).isEqualTo(one);
    }

    @Test
    void whichOfTwoCopiesIsNotGuessed() throws IOException {
        UUID one = id("a/one");

        Files.copy(top.resolve("a/one"), top.resolve("b/one"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(top.resolve("a/one"), top.resolve("z/one"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.delete(top.resolve("a/one"));
        scan();

        assertThat(id("b/one")).isNotEqualTo(one);
        assertThat(id("z/one")).isNotEqualTo(one);
    }

    @Test
    void fileWrittenAnewUnderItsNameKeepsItsRow() throws IOException {
        UUID one = id("a/one");

        Files.writeString(top.resolve("a/one.new"), "written anew");
        Files.move(top.resolve("a/one.new"), top.resolve("a/one"), StandardCopyOption.REPLACE_EXISTING);
        scan();

        assertThat(id("a/one")).isEqualTo(one);
    }
}
