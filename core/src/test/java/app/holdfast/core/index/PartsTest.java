package app.holdfast.core.index;

import static app.holdfast.core.store.LocationFixture.LOCATION_ID;
import static app.holdfast.core.store.LocationFixture.VOLUME_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.fake.LoopDrive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Scans of some folders of a location, as a watch asks for.
@EnabledOnOs(OS.LINUX)
class PartsTest {

    @TempDir
    private Path temp;
    private ScannedTree tree;

    @BeforeEach
    void openLibrary() throws Exception {
        tree = ScannedTree.of(temp, LinuxDisk.ofThisSystem(), List.of("a/one", "b/two"));
    }

    @AfterEach
    void closeLibrary() {
        tree.close();
    }

    private ScanProgress look(Scan.Part... parts) {
        var order = new Scan.Order(LOCATION_ID, "things", VOLUME_ID, tree.top());
        return new Scan(order, List.of(parts), tree.disk(), tree.library().writer(), _ -> { }).run();
    }

    /// What the watch hears of a filesystem that is mounted in a folder is not the location's.
    @Test
    void aFolderInWhichAnotherFilesystemIsMountedKeepsItsRows() throws Exception {
        assumeTrue(LoopDrive.isPossible(), "needs root, loop devices and mkfs.ext4");
        UUID one = tree.id("a/one");
        Path covered = tree.top().resolve("a");
        try (LoopDrive drive = LoopDrive.make(temp.resolve("drive.img"), "other")) {
            drive.plugIn(covered);
            Files.writeString(covered.resolve("stranger"), "1");

            ScanProgress last = look(new Scan.Part(covered, false));

            assertThat(last.state()).isEqualTo(State.DONE);
            assertThat(tree.library().tree()).containsOnlyKeys("a", "a/one", "b", "b/two");
            drive.unplug(covered);
        }
        tree.scan();
        assertThat(tree.id("a/one")).isEqualTo(one);
    }

    /// A trash is made by the first thing that is thrown away.
    @Test
    void aFolderThatIsLeftOutAndHasFoldersInItIsPassedOver() throws Exception {
        Path trash = tree.top().resolve(".Trash-1000");
        Files.createDirectories(trash.resolve("files/deep"));
        Files.writeString(trash.resolve("files/one"), "1");
        Files.writeString(tree.top().resolve("new"), "1");

        ScanProgress last = look(new Scan.Part(tree.top(), false), new Scan.Part(trash, true));

        assertThat(last.failure()).isEmpty();
        assertThat(last.state()).isEqualTo(State.DONE);
        assertThat(tree.library().tree()).containsOnlyKeys("a", "a/one", "b", "b/two", "new");
    }
}
