package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.fake.FakeDisk;
import app.holdfast.core.store.LocationFixture;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scan that would take out most of a location asks first.
class MostlyGoneTest {

    private static final Path TOP = Path.of("/top");
    private static final int FILES = 300;

    @TempDir
    private Path folder;
    private LocationFixture library;

    @BeforeEach
    void open() throws Exception {
        library = LocationFixture.create(folder);
        assertThat(scan(disk("a", FILES), false).state()).isEqualTo(ScanProgress.State.DONE);
    }

    @AfterEach
    void close() {
        library.close();
    }

    private static FakeDisk disk(String name, int files) {
        FakeDisk disk = new FakeDisk(TOP);
        for (int i = 0; i < files; i++) {
            disk.file(name + "/" + i % 3 + "/" + i, i + 1);
        }
        return disk;
    }

    private ScanProgress scan(Disk disk, boolean confirmed) {
        var order = new Scan.Order(LocationFixture.LOCATION_ID, "things", LocationFixture.VOLUME_ID, TOP, confirmed);
        return new Scan(order, disk, library.writer(), _ -> { }).run();
    }

    @Test
    void anEmptyFolderTakesNothingOut() {
        ScanProgress last = scan(new FakeDisk(TOP), false);

        assertThat(last.state()).isEqualTo(ScanProgress.State.FAILED);
        assertThat(last.failure()).isEqualTo(Optional.of("mostly_gone"));
        assertThat(library.count()).isEqualTo(FILES + 4);
        assertThat(library.removals()).isEmpty();
    }

    @Test
    void aPersonMaySayThatItIsSo() {
        scan(new FakeDisk(TOP), false);

        assertThat(scan(new FakeDisk(TOP), true).state()).isEqualTo(ScanProgress.State.DONE);
        assertThat(library.count()).isZero();
    }

    @Test
    void othersFilesInTheirPlaceAreNoReplacement() {
        FakeDisk other = new FakeDisk(TOP);
        for (int i = 0; i < FILES; i++) {
            other.file("other/" + i + ".jpg", 7_000 + i);
        }

        assertThat(scan(other, false).failure()).isEqualTo(Optional.of("mostly_gone"));
        assertThat(library.removals()).isEmpty();
    }

    @Test
    void halfOfItMayGo() {
        assertThat(scan(disk("a", FILES / 2), false).state()).isEqualTo(ScanProgress.State.DONE);

        assertThat(library.count()).isEqualTo(FILES / 2 + 4);
    }

    @Test
    void whatMovedIsNotGone() {
        assertThat(scan(disk("elsewhere", FILES), false).state()).isEqualTo(ScanProgress.State.DONE);

        assertThat(library.count()).isEqualTo(FILES + 4);
    }
}
