package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.Admission;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final DeviceId THIRD = new DeviceId("66".repeat(32));
    private static final VolumeId VOLUME = new VolumeId(new UUID(2, 2));

    @TempDir
    private Path folder;
    private Path drive;
    private OpenLibrary library;
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> { });
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();

    /// One drive, which is a folder.
    ///
    /// @param meanwhile is done once while it is looked at
    private record OneDrive(MountedVolume drive, AtomicReference<Runnable> meanwhile) implements Volumes {
        @Override
        public MountedVolume volumeOf(Path path) {
            return drive;
        }

        @Override
        public List<MountedVolume> mounted() {
            meanwhile.getAndSet(() -> { }).run();
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
        library = OpenLibrary.open(data, DEVICE, around, work, new OneDrive(mounted, meanwhile));
        library.submit(new Command.TrackVolume(VOLUME, drive)).toCompletableFuture().get();
    }

    @AfterEach
    void close() {
        library.close();
    }

    private List<StoredVolume> volumes() {
        return library.store().readers().ask(CatalogueReader::volumes).join();
    }

    private StoredVolume stored() {
        return volumes().getFirst();
    }

    /// Another device claims the drive.
    private void claimedBy(DeviceId device, long epoch) {
        Author author = new Author(new UUID(5, epoch));
        var stamp = new Stamp(new Hlc(System.currentTimeMillis(), 0, author), 1);
        var value = new Register(ClaimValue.of(epoch, device, Optional.empty()), stamp, List.of());
        var claim = new Event(new Dot(author, 1), Models.CLAIM, VOLUME.value(), new TreeSet<>(),
                Optional.of(new Snapshot(new TreeMap<>(Map.of(Models.CLAIM_FIELD, value)), VersionVector.EMPTY)));
        Admission admission = library.store().writer().submit(tx -> {
            tx.members().admit(device, "device " + epoch);
            return tx.shared().admit(EncodedGroup.of(new Group(List.of(claim))));
        }).join();
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        assertThat(stored().owner()).isEqualTo(device);
    }

    @Test
    void aClaimThatSomebodyElseMadeFirstSaysSo() {
        claimedBy(ANOTHER, 10);
        meanwhile.set(() -> claimedBy(THIRD, 11));

        var claimed = library.submit(new Command.ClaimVolume(VOLUME)).toCompletableFuture();

        assertThatThrownBy(claimed::get).cause().isInstanceOfSatisfying(CoreException.DriveRefused.class, refused ->
                assertThat(refused.reason()).isEqualTo(CoreException.DriveRefused.Reason.OTHERS));
        assertThat(stored().owner()).isEqualTo(THIRD);
    }

    /// A person says that a copy is the drive, while another device claims it.
    @Test
    void aDriveThatSomebodyElseClaimedMeanwhileIsNotTheOne() {
        meanwhile.set(() -> claimedBy(THIRD, 11));

        var said = library.submit(new Command.ThisIsTheVolume(VOLUME, drive)).toCompletableFuture();

        assertThatThrownBy(said::get).cause().isInstanceOf(CoreException.DriveRefused.class);
    }

    @Test
    void aDriveThatIsDeletedWhileItIsTakenInStaysAwayAndKeepsNoMarker() throws Exception {
        meanwhile.set(() -> library.submit(new Command.ForgetVolume(VOLUME)).toCompletableFuture().join());

        var tracked = library.submit(new Command.TrackVolume(new VolumeId(new UUID(3, 3)), drive))
                .toCompletableFuture();

        assertThatThrownBy(tracked::get).cause().isInstanceOf(CoreException.NotFound.class);
        assertThat(volumes()).isEmpty();
        assertThat(MarkerFile.of(drive, library.libraryId()).read().state()).isEqualTo(Marker.Reading.State.MISSING);
    }

    /// Its marker is written anew by what takes it in, between the two things that are done to delete it.
    @Test
    void aMarkerThatIsWrittenWhileItsDriveIsDeletedGoes() throws Exception {
        Finding here = library.drives().see().get().attached().of(VOLUME).orElseThrow();
        var hold = new CompletableFuture<Boolean>();
        var held = library.store().writer().submit(_ -> hold.join());

        CompletableFuture<Boolean> forgotten = library.drives().desk().forget(stored(), Optional.of(here));
        library.drives().desk().mark(VOLUME, here.mount(), 7);
        hold.complete(true);

        assertThat(held.get()).isTrue();
        assertThat(forgotten.get()).isTrue();
        assertThat(MarkerFile.of(drive, library.libraryId()).read().state()).isEqualTo(Marker.Reading.State.MISSING);
    }

    /// A person claims a drive that has been claimed at the same moment without being asked.
    @Test
    void aDriveThatIsClaimedASecondTimeIsKnownByItsLastMarker() throws Exception {
        StoredVolume now = stored();
        StoredVolume before = new StoredVolume(now.id(), now.label(), ANOTHER, "desktop", now.epoch(),
                now.totalBytes(), now.fileSystem(), now.fsUuid(), now.recognised(), now.standing());
        Finding here = library.drives().see().get().attached().of(VOLUME).orElseThrow();

        DriveDesk.TakenIn taken = library.drives().desk().takeIn(before, here).get();
        Marker marker = MarkerFile.of(drive, library.libraryId()).read().marker().orElseThrow();

        assertThat(taken).isEqualTo(DriveDesk.TakenIn.DONE);
        assertThat(stored().standing().nonce()).isEqualTo(marker.nonce());
        assertThat(stored().epoch()).isEqualTo(now.epoch());
    }
}
