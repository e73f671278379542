package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.fake.FakeDisk;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.store.LocationFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another location is taken out while a scan runs: the keys of its entries, the greatest, are given again to what the
/// scan puts in.
class FreedKeysTest {

    private static final Path TOP = Path.of("/top");
    private static final Path OTHER_TOP = Path.of("/other");
    private static final LocationId OTHER_ID = new LocationId(new UUID(4, 5));
    private static final int SIZE = 1 << 20; // of the file that moves, and of no other
    private static final int NODE = 77;
    private static final int NEW_FILES = 2_000;

    @TempDir
    private Path temp;
    private LocationFixture library;
    private final FakeDisk disk = new FakeDisk(TOP);

    /// The folders that were made last are read first; the one with many fills a job, which puts nothing in.
    @BeforeEach
    void openLibrary() throws Exception {
        library = LocationFixture.create(Files.createDirectories(temp.resolve("data")));
        disk.file("to/stays", 1);
        disk.file("from/one", SIZE);
        for (int i = 0; i < ScanBatches.ENTRIES_MAX + 1; i++) {
            disk.file("many/" + i, 2 + i);
        }
    }

    @AfterEach
    void closeLibrary() {
        library.close();
    }

    private ScanProgress scan() {
        return new Scan(new Scan.Order(LocationFixture.LOCATION_ID, "things", LocationFixture.VOLUME_ID, TOP), disk,
                library.writer(), _ -> { }).run();
    }

    /// Scans the location, then another one of more entries than are to come.
    private void scanBoth() throws Exception {
        assertThat(scan().state()).isEqualTo(State.DONE);
        library.writer().submit(tx -> {
            tx.own().addLocation(OTHER_ID, LocationFixture.VOLUME_ID, "other", new byte[] {'o'});
            return true;
        }).get();
        FakeDisk other = new FakeDisk(OTHER_TOP);
        for (int i = 0; i < NEW_FILES + 10; i++) {
            other.file("other " + i, i);
        }
        assertThat(new Scan(new Scan.Order(OTHER_ID, "other", LocationFixture.VOLUME_ID, OTHER_TOP), other,
                library.writer(), _ -> { }).run().state()).isEqualTo(State.DONE);
        disk.delete("many/0"); // so that what is in there is looked at
        disk.beforeListing("to", this::removeOther);
    }

    /// After what the scan has handed over.
    private void removeOther() {
        library.writer().submit(tx -> {
            tx.own().removeLocation(OTHER_ID, LocationFixture.VOLUME_ID);
            return true;
        }).join();
    }

    @Test
    void aFileThatWasMovedMeanwhileKeepsItsRow() throws Exception {
        disk.file("from/one", SIZE, NODE);
        scanBoth();
        UUID before = library.tree().get("from/one").id();

        disk.delete("from/one");
        disk.file("to/another", SIZE, NODE);
        ScanProgress last = scan();

        assertThat(last.state()).isEqualTo(State.DONE);
        assertThat(library.tree().get("to/another").id()).isEqualTo(before);
    }

    @Test
    void aFileThatWasMovedMeanwhileKeepsItsRowWhereTheFilesystemTellsNoNodes() throws Exception {
        scanBoth();
        UUID before = library.tree().get("from/one").id();

        disk.delete("from/one");
        disk.file("to/one", SIZE);
        ScanProgress last = scan();

        assertThat(last.state()).isEqualTo(State.DONE);
        assertThat(library.tree().get("to/one").id()).isEqualTo(before);
    }

    @Test
    void whatIsFoundMeanwhileDoesNotCountAsKnownWhenMostIsGone() throws Exception {
        for (int i = 0; i < ScanBatches.ENTRIES_MAX + 1_000; i++) {
            disk.file("gone/" + i, 10_000 + i);
        }
        scanBoth();

        disk.delete("gone");
        for (int i = 0; i < NEW_FILES; i++) {
            disk.file("to/new " + i, 50_000 + i);
        }
        ScanProgress last = scan();

        assertThat(last.failure()).isEqualTo(Optional.of("mostly_gone"));
        assertThat(library.removals()).isEmpty();
    }
}
