package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.fake.FakeDisk;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.Job;
import app.holdfast.core.store.LocationFixture;
import app.holdfast.core.store.OwnRecords.VolumeFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was noted about the files of a drive that was taken out of the library waits for that drive, and goes to no
/// other that knows a file by the same number (ADR 254).
class LeftOnDrivesTest {

    private static final Path TOP = Path.of("/top");
    private static final String FILE = "beach.txt";
    private static final VolumeId FORGOTTEN = new VolumeId(new UUID(3, 4));
    private static final VolumeId OTHER = new VolumeId(new UUID(3, 5));
    private static final VolumeId ANEW = new VolumeId(new UUID(3, 6));
    private static final TagId TAG = new TagId(new UUID(9, 9));

    @TempDir
    private Path temp;
    private LocationFixture library;
    private final FakeDisk disk = new FakeDisk(TOP);
    private EntryId before;
    private int locations;

    @BeforeEach
    void forgetADrive() throws Exception {
        library = LocationFixture.create(Files.createDirectories(temp.resolve("data")));
        disk.file(FILE, 4, 77);
        add(FORGOTTEN, "the forgotten one's");
        before = entry();
        run(tx -> {
            tx.tags().assign(TAG, before);
            return true;
        });
        forget(FORGOTTEN);
    }

    @AfterEach
    void closeLibrary() {
        library.close();
    }

    private <T> T run(Job<T> job) throws Exception {
        return library.writer().submit(job).get();
    }

    private EntryId entry() {
        return new EntryId(library.tree().get(FILE).id());
    }

    private void forget(VolumeId volume) throws Exception {
        run(tx -> {
            tx.volumes().remove(volume);
            return true;
        });
    }

    /// Has it in the library and scanned, with the file on it.
    private void add(VolumeId volume, String fsUuid) throws Exception {
        LocationId location = new LocationId(new UUID(4, 100 + locations++));
        run(tx -> {
            tx.own().addVolume(volume, new VolumeFacts("a drive", "ext4", fsUuid, 0, volume.toString()));
            tx.own().addLocation(location, volume, "things", new byte[0]);
            return true;
        });
        var order = new Scan.Order(location, "things", volume, TOP);
        assertThat(new Scan(order, disk, library.writer(), _ -> { }).run().state()).isEqualTo(State.DONE);
    }

    private List<EntryId> tagged() throws Exception {
        return run(tx -> tx.tags().assigned(TAG));
    }

    @Test
    void anotherDriveDoesNotTakeIt() throws Exception {
        add(OTHER, "another");

        assertThat(tagged()).containsExactly(before);
    }

    @Test
    void aDriveWhoseFilesystemIsNotToldTakesNothing() throws Exception {
        add(OTHER, "");
        EntryId second = entry();
        run(tx -> {
            tx.tags().unassign(TAG, before);
            tx.tags().assign(TAG, second);
            return true;
        });
        forget(OTHER);

        add(ANEW, "");

        assertThat(tagged()).containsExactly(second);
    }

    @Test
    void theDriveTakesItWhenItIsTrackedAnew() throws Exception {
        add(ANEW, "the forgotten one's");

        assertThat(tagged()).containsExactly(entry());
    }

    @Test
    void theDriveTakesItThoughAnotherWasTrackedMeanwhile() throws Exception {
        add(OTHER, "another");
        forget(OTHER);
        run(tx -> {
            tx.own().addVolume(OTHER, new VolumeFacts("another", "ext4", "another", 0, "another"));
            return true;
        });

        add(ANEW, "the forgotten one's");

        assertThat(tagged()).containsExactly(entry());
    }

    @Test
    void aCopyOfADriveDoesNotTakeWhatIsDeletedFromIt() throws Exception {
        add(ANEW, "the forgotten one's");
        EntryId original = entry();
        run(tx -> {
            tx.own().removeLocation(new LocationId(new UUID(4, 101)), ANEW);
            return true;
        });

        add(OTHER, "the forgotten one's");

        assertThat(tagged()).containsExactly(original);
    }
}
