package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.volume.Marker;
import app.holdfast.core.volume.MarkerFile;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Volumes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A drive is taken in while this device knows of it already that it is its own.
@Timeout(60)
class TakingInTest {

    private static final DeviceId DEVICE = new DeviceId("44".repeat(32));
    private static final DeviceId ANOTHER = new DeviceId("55".repeat(32));
    private static final VolumeId VOLUME = new VolumeId(new UUID(2, 2));

    @TempDir
    private Path folder;
    private Path drive;
    private OpenLibrary library;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();

    /// One drive, which is a folder.
    private record OneDrive(MountedVolume drive) implements Volumes {
        @Override
        public MountedVolume volumeOf(Path path) {
            return drive;
        }

        @Override
        public List<MountedVolume> mounted() {
            return List.of(drive);
        }
    }

    @BeforeEach
    void trackOneDrive() throws Exception {
        drive = Files.createDirectories(folder.toRealPath().resolve("drive"));
        Path data = Files.createDirectories(folder.resolve("data"));
        Random random = new Random(7);
        Surroundings around = new Surroundings(System::currentTimeMillis, random::nextLong, Thread::new,
                folder.resolve("memory"), new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        var mounted = new MountedVolume(drive, Path.of("/"), "ext4", "/dev/sdx1", "Backup", "1234", 1_000_000, false,
                new MountedVolume.Medium("8:1", "", true, 1_000));
        library = OpenLibrary.open(data, DEVICE, around, work, new OneDrive(mounted));
        library.submit(new Command.TrackVolume(VOLUME, drive)).toCompletableFuture().get();
    }

    @AfterEach
    void close() {
        library.close();
    }

    private StoredVolume stored() {
        return library.store().readers().ask(CatalogueReader::volumes).join().getFirst();
    }

    /// A person claims a drive that has been claimed at the same moment without being asked.
    @Test
    void aDriveThatIsClaimedASecondTimeIsKnownByItsLastMarker() throws Exception {
        StoredVolume now = stored();
        StoredVolume before = new StoredVolume(now.id(), now.label(), ANOTHER, "desktop", now.epoch(),
                now.totalBytes(), now.fileSystem(), now.fsUuid(), now.recognised(), now.standing());
        Finding here = library.drives().see().get().attached().of(VOLUME).orElseThrow();

        boolean taken = library.drives().desk().takeIn(before, here).get();
        Marker marker = MarkerFile.of(drive, library.libraryId()).read().marker().orElseThrow();

        assertThat(taken).isTrue();
        assertThat(stored().standing().nonce()).isEqualTo(marker.nonce());
        assertThat(stored().epoch()).isEqualTo(now.epoch());
    }
}
