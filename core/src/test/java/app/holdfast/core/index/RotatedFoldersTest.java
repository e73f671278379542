package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders of one folder that take each other's names, as backups do that are kept in turn. In which order a folder
/// tells its children is chance.
@EnabledOnOs(OS.LINUX)
class RotatedFoldersTest {

    @TempDir
    private Path temp;

    /// Tells the children of each folder in the order of their names, or the other way round.
    private record Ordered(Disk disk, boolean ascending) implements Disk {
        @Override
        public Folder top(Path path) throws IOException {
            return disk.top(path);
        }

        @Override
        public boolean list(Folder folder, Children children) throws IOException {
            List<Child> all = new ArrayList<>();
            boolean whole = disk.list(folder, all::add);
            Comparator<Child> byName = Comparator.comparing(Child::name);
            all.sort(ascending ? byName : byName.reversed());
            for (Child child : all) {
                if (!children.take(child)) {
                    return false;
                }
            }
            return whole;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void foldersThatEachTakeTheNextOnesNameAreAllThere(boolean ascending) throws Exception {
        try (ScannedTree tree = ScannedTree.of(temp, new Ordered(LinuxDisk.ofThisSystem(), ascending),
                List.of("backup.0/new", "backup.0/deep/x", "backup.1/old", "backup.1/deep/y"))) {
            Path top = tree.top();
            UUID old = tree.id("backup.1/old");

            Files.move(top.resolve("backup.1"), top.resolve("backup.2"));
            Files.move(top.resolve("backup.0"), top.resolve("backup.1"));
            Files.createDirectory(top.resolve("backup.0"));
            tree.scan();
            UUID moved = tree.id("backup.2/old");
            tree.scan();

            assertThat(moved).isEqualTo(old);
            assertThat(tree.id("backup.2/old")).isEqualTo(old);
        }
    }
}
