package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.holdfast.core.api.CoreException.BadFolder;
import app.holdfast.core.api.CoreException.BadFolder.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewLocationTest {

    private static final Path ELSEWHERE = Path.of("/nowhere/library");

    @TempDir
    private Path temp;

    @BeforeEach
    void resolveTemp() throws IOException {
        temp = temp.toRealPath();
    }

    @Test
    void folderIsKnownByItsRealPath() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("photos"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);

        assertThat(NewLocation.accept(link.resolve("../photos/."), List.of(), ELSEWHERE)).isEqualTo(folder);
    }

    @Test
    void folderThatCannotBeOneSaysWhy() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");

        assertThat(reason(temp.resolve("missing"), List.of())).isEqualTo(Reason.MISSING);
        assertThat(reason(file, List.of())).isEqualTo(Reason.NO_FOLDER);
    }

    @Test
    void locationsNeitherContainNorEqualEachOther() throws Exception {
        Path outer = temp.resolve("photos");
        Path inner = Files.createDirectories(outer.resolve("2024"));
        Path namesake = Files.createDirectories(temp.resolve("photos2"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), inner);

        assertThat(reason(inner, List.of(outer))).isEqualTo(Reason.OVERLAPS);
        assertThat(reason(link, List.of(outer))).isEqualTo(Reason.OVERLAPS);
        assertThat(reason(outer, List.of(namesake, inner))).isEqualTo(Reason.OVERLAPS);
        assertThat(reason(outer, List.of(outer))).isEqualTo(Reason.OVERLAPS);
        assertThat(NewLocation.accept(namesake, List.of(outer), ELSEWHERE)).isEqualTo(namesake);
    }

    @Test
    void theLibrarysOwnFolderIsNoLocationButMayLieInOne() throws Exception {
        Path home = Files.createDirectories(temp.resolve("home"));
        Path own = Files.createDirectories(home.resolve("data/holdfast"));
        Path logs = Files.createDirectories(own.resolve("logs"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), own);

        for (Path wanted : List.of(own, logs, link)) {
            BadFolder refused = catchThrowableOfType(BadFolder.class,
                    () -> NewLocation.accept(wanted, List.of(), own));
            assertThat(refused.reason()).isEqualTo(Reason.LIBRARY);
        }
        assertThat(NewLocation.accept(home, List.of(), own)).isEqualTo(home);
    }

    private static Reason reason(Path wanted, List<Path> taken) {
        return catchThrowableOfType(BadFolder.class, () -> NewLocation.accept(wanted, taken, ELSEWHERE)).reason();
    }
}
