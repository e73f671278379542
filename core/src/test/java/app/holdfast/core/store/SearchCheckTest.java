package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Checkup.Code;
import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The doctor sees an index that does not hold what the entries are called, and makes it again.
class SearchCheckTest {

    private static final DeviceId DEVICE = new DeviceId("33".repeat(32));
    private static final VolumeId VOLUME = new VolumeId(new UUID(1, 1));
    private static final LocationId LOCATION = new LocationId(new UUID(2, 2));

    @TempDir
    private Path data;
    private LibraryStore store;

    @BeforeEach
    void open() throws Exception {
        Surroundings around = new Surroundings(() -> 9_000_000, new Random(9)::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        store = LibraryStore.open(data, around, _ -> { });
        write(tx -> {
            tx.own().addVolume(VOLUME, new OwnRecords.VolumeFacts("Backup 2", "ext4", "", 0, "here"));
            tx.own().addLocation(LOCATION, VOLUME, "things", new byte[0]);
            return true;
        });
        find(Stream.concat(Stream.of("a", "\u3000b", "\u2003", "c\u2028", " ", "\"", "d*",
                "Größe.iso", "it's \"x\" (AND) ^b*.md", "東京タワー.jpg", "x".repeat(2_000)),
                IntStream.range(0, 180).mapToObj(number -> "file " + number)).toList());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private <T> T write(Job<T> job) throws Exception {
        return store.writer().submit(job).get();
    }

    private void find(List<String> names) throws Exception {
        ScanRows rows = new ScanRows(LOCATION);
        List<FoundEntry> files = names.stream().map(name ->
                new FoundEntry(name, null, EntryKind.FILE, name.length(), 5, name.hashCode() | 1, null)).toList();
        write(tx -> tx.entries().merge(rows, tx.pen(VOLUME.value()),
                List.of(new FolderPart(ScannedFolder.top(), files, FolderPart.End.COMPLETE))));
    }

    private void cover() throws Exception {
        boolean more = true;
        while (more) {
            more = write(tx -> tx.search().cover(7));
        }
    }

    private List<Finding> findings() throws Exception {
        return store.readers().ask(reader -> reader.checkup(9_000_000)).get();
    }

    @Test
    void nothingIsFoundInAnIndexThatIsKeptAtAnyMomentOfKeepingIt() throws Exception {
        assertThat(findings()).isEmpty();
        boolean more = true;
        while (more) {
            more = write(tx -> tx.search().cover(7));
            assertThat(findings()).isEmpty();
        }
        write(tx -> tx.sql().execute("update entry set name = name || ' again' where key % 3 = 0"));
        write(tx -> tx.sql().execute("delete from entry where key % 5 = 0 or key > 150"));
        find(List.of("new 1", "new 2"));
        more = true;
        while (more) {
            assertThat(findings()).isEmpty();
            more = write(tx -> tx.search().cover(7));
        }
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from entry_fts where rowid = 17",
        "insert into entry_fts (rowid, grams) values (100000, 'abc ')",
        "delete from search_gone where key = 40",
        "update entry_fts set grams = 'abc ' where rowid = 17",
        "update search_state set covered = covered + 1"})
    void aKeyOrANameThatIsWrongIsFoundAndMended(String damage) throws Exception {
        cover();
        write(tx -> tx.sql().execute("delete from entry where key = 40"));
        find(List.of("new"));

        write(tx -> tx.sql().execute(damage));
        List<Finding> found = findings();
        write(tx -> tx.doctoring().repair(store.writer().log()));

        assertThat(found).extracting(Finding::code).containsExactly(Code.SEARCH_DIFFERS);
        assertThat(found.getFirst().count()).isEqualTo(1);
        assertThat(findings()).isEmpty();
        cover();
        assertThat(findings()).isEmpty();
    }
}
