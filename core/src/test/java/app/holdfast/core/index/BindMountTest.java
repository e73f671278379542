package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.store.LocationFixture;
import app.holdfast.core.store.LocationFixture.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// One folder that is seen at two places below a location, as it is mounted at the second. Needs root.
@EnabledOnOs(OS.LINUX)
class BindMountTest {

    @TempDir
    private Path temp;
    private Path top;
    private Path second;
    private LocationFixture library;
    private final Disk disk = LinuxDisk.ofThisSystem();

    @BeforeEach
    void mountAFolderASecondTime() throws Exception {
        top = Files.createDirectories(temp.toRealPath().resolve("top"));
        Files.createDirectories(top.resolve("b first/deep"));
        Files.writeString(top.resolve("b first/deep/one"), "1");
        second = Files.createDirectories(top.resolve("a second"));
        library = LocationFixture.create(Files.createDirectories(temp.resolve("data")));
        assumeTrue(run("mount", "--bind", top.resolve("b first").toString(), second.toString()), "needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", second.toString());
        library.close();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor() == 0;
    }

    private Map<String, Row> scan(Scan.Part... parts) {
        var order = new Scan.Order(LocationFixture.LOCATION_ID, "things", LocationFixture.VOLUME_ID, top);
        var last = new Scan(order, List.of(parts), disk, library.writer(), _ -> { }).run();
        assertThat(last.state()).isEqualTo(State.DONE);
        return library.tree();
    }

    @Test
    void aFolderThatIsMountedASecondTimeIsReadWhereItLies() {
        Map<String, Row> once = scan(new Scan.Part(top, true));
        Map<String, Row> again = scan(new Scan.Part(top, true));
        Map<String, Row> looked = scan(new Scan.Part(second, false), new Scan.Part(second.resolve("deep"), false));

        assertThat(once).containsOnlyKeys("a second", "b first", "b first/deep", "b first/deep/one");
        assertThat(again).isEqualTo(once);
        assertThat(looked).isEqualTo(once);
    }

    @Test
    void whatLiesUnderItStaysKnown() throws Exception {
        run("umount", second.toString());
        Files.writeString(second.resolve("below"), "2");
        Map<String, Row> before = scan(new Scan.Part(top, true));
        run("mount", "--bind", top.resolve("b first").toString(), second.toString());

        Map<String, Row> looked = scan(new Scan.Part(second, true));
        Map<String, Row> mounted = scan(new Scan.Part(top, true));

        assertThat(before).containsOnlyKeys("a second", "a second/below", "b first", "b first/deep",
                "b first/deep/one");
        assertThat(ids(looked)).isEqualTo(ids(before));
        assertThat(ids(mounted)).isEqualTo(ids(before));
    }

    private static Map<String, UUID> ids(Map<String, Row> tree) {
        return tree.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, row -> row.getValue().id()));
    }
}
