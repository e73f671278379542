package app.holdfast.core;

import static app.holdfast.core.DriveOwners.find;
import static app.holdfast.core.DriveOwners.inState;
import static app.holdfast.core.DriveOwners.ownedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.fake.LoopDrive;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.volume.PathBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A drive goes from one computer to another: real filesystems, three libraries, over loopback.
class PortableDriveTest {

    private static final int FILES = 10_000;

    @TempDir
    private Path folder;

    private DriveOwners owners;
    private LoopDrive drive;
    private VolumeId volume;

    @BeforeEach
    void plugIn() throws Exception {
        assumeTrue(LoopDrive.isPossible(), "needs root, loop devices and mkfs.ext4");
        folder = folder.toRealPath();
        drive = LoopDrive.make(folder.resolve("drive.img"), "Backup 2");
        owners = new DriveOwners(folder);
        volume = new VolumeId(owners.get("studio-pc").newId());
    }

    @AfterEach
    void unplug() throws Exception {
        if (owners != null) {
            owners.close();
            drive.close();
        }
    }

    private Path trackAt(String device, int files) throws Exception {
        return owners.track(device, drive, volume, files);
    }

    @Test
    void aDriveMovesByOneRowAndBack() throws Exception {
        owners.share();
        Path atStudio = trackAt("studio-pc", FILES);
        owners.tag("studio-pc", "4711.jpg");
        owners.await("studio-pc", reader -> Optional.of(reader.reading()).filter(reading -> reading.left() == 0));
        owners.awaitEqual();
        owners.reopenCounting();

        drive.unplug(atStudio);
        owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        var moved = owners.hear("kitchen", CoreEvent.DriveMoved.class);
        var scanned = owners.hear("laptop", CoreEvent.ScanEnded.class);
        long began = System.nanoTime();
        Path atLaptop = drive.plugIn(owners.desk("laptop").resolve("another place/with %_'\"\nüü"));
        for (String device : owners.names()) {
            owners.await(device, reader -> ownedBy(reader, volume, "laptop"));
        }
        System.err.printf("three devices show the new owner of %,d files after %d ms%n", FILES,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        CoreEvent.DriveMoved told = DriveOwners.get(moved);
        EntryRow seen = owners.await("laptop", reader -> find(reader, "4711.jpg").filter(row ->
                row.holder().here() && row.holder().online()));
        owners.await("laptop", reader -> reader.locations().stream()
                .filter(row -> row.absolutePath().equals(Optional.of(atLaptop.resolve("photos")))).findFirst());

        assertThat(told.deviceName()).isEqualTo("laptop");
        assertThat(told.label()).isEqualTo("Backup 2").isEqualTo(owners.labelThatMoved("kitchen"));
        assertThat(seen.tags()).extracting(EntryRow.Tag::name).containsExactly("Trips");
        assertThat(DriveOwners.get(scanned).result().found()).isEqualTo(FILES + 100);
        owners.awaitEqual();
        drive.unplug(atLaptop);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        var scannedAgain = owners.hear("studio-pc", CoreEvent.ScanEnded.class);
        drive.plugIn(owners.desk("studio-pc").resolve("third place"));
        VolumeRow back = owners.await("kitchen", reader -> ownedBy(reader, volume, "studio-pc"));
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
        DriveOwners.get(scannedAgain);
        owners.awaitEqual();

        assertThat(back.epoch()).isEqualTo(3);
        assertThat(owners.entryWrites()).as("rows of entries written on all devices").isZero();
    }

    @Test
    void theOldOwnerThatWasAwayIsRefused() throws Exception {
        owners.share();
        Path atStudio = trackAt("studio-pc", 50);
        owners.awaitEqual();
        owners.disconnect("studio-pc");
        Files.writeString(atStudio.resolve("photos/late.jpg"), "the others have not heard of it");
        LocationId location = owners.ask("studio-pc", LibraryReader::locations).getFirst().id();
        owners.submit("studio-pc", new Command.RescanLocation(location));
        owners.await("studio-pc", reader -> find(reader, "late.jpg"));
        Files.delete(atStudio.resolve("photos/late.jpg"));
        drive.pull(atStudio);

        drive.plugIn(owners.desk("laptop").resolve("disk"));
        owners.await("laptop", reader -> ownedBy(reader, volume, "laptop"));
        owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.OK));
        owners.connect("studio-pc");
        owners.await("studio-pc", reader -> ownedBy(reader, volume, "laptop"));
        owners.awaitEqual();

        assertThat(owners.sees("studio-pc", reader -> find(reader, "late.jpg"))).isFalse();
        assertThat(owners.sees("laptop", reader -> find(reader, "late.jpg"))).isFalse();
    }

    @Test
    void twoDrivesWithOneMarkerAreFlaggedUntilAPersonSaysWhichIsTheCopy() throws Exception {
        owners.share();
        Path atStudio = trackAt("studio-pc", 20);
        owners.awaitEqual();
        drive.unplug(atStudio);
        owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        try (LoopDrive copy = drive.copy(folder.resolve("copy.img"))) {
            drive.plugIn(atStudio);
            owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
            owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.FOREIGN));

            Path atLaptop = copy.plugIn(owners.desk("laptop").resolve("copy"));
            for (String device : owners.names()) {
                owners.await(device, reader -> inState(reader, volume, VolumeRow.State.DUPLICATE));
            }
            assertThat(owners.ask("laptop", LibraryReader::volumes)).singleElement()
                    .satisfies(row -> assertThat(row.deviceName()).isEqualTo("studio-pc"));
            assertThat(owners.ask("laptop", LibraryReader::mounts)).extracting(MountRow::found)
                    .containsExactly(MountRow.Found.COPY);

            VolumeId fresh = new VolumeId(owners.get("laptop").newId());
            var read = owners.hear("laptop", CoreEvent.ScanEnded.class);
            owners.submit("laptop", new Command.ThisIsTheCopy(volume, fresh, atLaptop));
            assertThat(DriveOwners.get(read).result().failure()).as("read when it is known where").isEmpty();
            assertThat(owners.labelThatIsThereTwice("laptop")).isEqualTo("Backup 2");
            owners.await("laptop", reader -> inState(reader, fresh, VolumeRow.State.OK));
            owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
            owners.await("kitchen", reader -> inState(reader, fresh, VolumeRow.State.FOREIGN));
            owners.await("kitchen", reader -> reader.locations().size() == 2 && reader.locations().stream()
                    .allMatch(row -> row.entries() == 40) ? Optional.of(true) : Optional.empty());
            copy.unplug(atLaptop);
            owners.await("laptop", reader -> inState(reader, fresh, VolumeRow.State.OFFLINE));
            copy.plugIn(atLaptop);
            VolumeRow back = owners.await("laptop", reader -> inState(reader, fresh, VolumeRow.State.OK));
            assertThat(back.label()).as("its label is still the other's").isEqualTo("Backup 2 (2)");
            owners.awaitEqual();
        }
    }

    @Test
    void aCopyThatAnotherDeviceHasBecomesAVolumeOfItsOwnWhenAPersonSaysSoAnywhere() throws Exception {
        owners.share();
        Path atStudio = trackAt("studio-pc", 20);
        owners.awaitEqual();
        drive.unplug(atStudio);
        owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        try (LoopDrive copy = drive.copy(folder.resolve("copy.img"))) {
            copy.plugIn(owners.desk("laptop").resolve("copy"));
            owners.await("kitchen", reader -> ownedBy(reader, volume, "laptop"));
            drive.plugIn(atStudio);
            var laptop = owners.ask("laptop", reader -> reader.summary().device());
            owners.await("kitchen", reader -> inState(reader, volume, VolumeRow.State.DUPLICATE)
                    .filter(row -> row.device().equals(laptop)
                            || row.standing().copies().stream().anyMatch(other -> other.device().equals(laptop))));

            owners.submit("kitchen", new Command.CopyIsAt(volume, laptop));

            owners.await("kitchen", reader -> ownedBy(reader, volume, "studio-pc"));
            owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
            owners.await("kitchen", reader -> reader.volumes().size() == 2 && reader.volumes().stream()
                    .allMatch(row -> row.standing().state() == VolumeRow.State.FOREIGN) ? Optional.of(true)
                    : Optional.empty());
            owners.awaitEqual();
        }
    }

    @Test
    void aDriveWhoseOwnerSaysThatItHasItIsNotClaimed() throws Exception {
        owners.share();
        trackAt("studio-pc", 3);
        owners.awaitEqual();

        assertThatThrownBy(() -> owners.submit("laptop", new Command.ClaimVolume(volume)))
                .hasCauseInstanceOf(CoreException.DriveRefused.class).hasMessageContaining("not mounted");
    }

    @Test
    void aDriveIsAskedForWhenThePersonWantsIt() throws Exception {
        owners.share();
        Path atStudio = trackAt("studio-pc", 3);
        owners.submit("laptop", new Command.SetClaiming(false));
        owners.awaitEqual();
        drive.unplug(atStudio);
        owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        var asked = owners.hear("laptop", CoreEvent.DriveAsks.class);

        drive.plugIn(owners.desk("laptop").resolve("disk"));
        assertThat(DriveOwners.get(asked).deviceName()).isEqualTo("studio-pc");
        assertThat(owners.sees("laptop", reader -> ownedBy(reader, volume, "studio-pc"))).isTrue();
        owners.submit("laptop", new Command.ClaimVolume(volume));

        owners.await("kitchen", reader -> ownedBy(reader, volume, "laptop"));
    }

    @Test
    void aDriveThatIsPulledOutLosesNothingAndGoesOnWhenItIsBack() throws Exception {
        Path atStudio = trackAt("studio-pc", 3_000);
        long before = owners.entries("studio-pc");
        LocationId location = owners.ask("studio-pc", LibraryReader::locations).getFirst().id();
        owners.submit("studio-pc", new Command.RescanLocation(location));
        drive.pull(atStudio);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        owners.submitAndFail("studio-pc", new Command.RescanLocation(location));

        assertThat(owners.entries("studio-pc")).isEqualTo(before);
        owners.await("studio-pc", reader -> reader.locations().stream()
                .filter(row -> row.state() == LocationRow.State.OFFLINE).findFirst());
        assertThat(owners.ask("studio-pc", LibraryReader::volumes).getFirst().standing().lastSeen()).isPresent();
        Path again = drive.plugIn(atStudio);
        Files.writeString(again.resolve("photos/new.jpg"), "x");
        owners.await("studio-pc", reader -> find(reader, "new.jpg"));
        assertThat(owners.entries("studio-pc")).isEqualTo(before + 1);
    }

    @Test
    void aDriveWithoutItsMarkerIsOfflineUntilItIsTrackedAgain() throws Exception {
        Path atStudio = trackAt("studio-pc", 3);
        drive.unplug(atStudio);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        Path aside = drive.plugIn(folder.resolve("aside"));
        try (var files = Files.newDirectoryStream(aside, ".holdfast-*")) {
            for (Path marker : files) {
                Files.delete(marker);
            }
        }
        drive.unplug(aside);

        drive.plugIn(atStudio);
        owners.await("studio-pc", reader -> reader.mounts().stream()
                .filter(row -> row.found() == MountRow.Found.MARKER_GONE).findFirst());
        assertThat(owners.sees("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE))).isTrue();
        assertThat(owners.sees("studio-pc", reader -> find(reader, "2.jpg"))).isTrue();
        owners.submit("studio-pc", new Command.TrackVolume(new VolumeId(owners.get("studio-pc").newId()), atStudio));

        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
        assertThat(owners.ask("studio-pc", LibraryReader::volumes)).hasSize(1);
    }

    @Test
    void aDamagedMarkerIsMended() throws Exception {
        Path atStudio = trackAt("studio-pc", 3);
        drive.unplug(atStudio);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        Path aside = drive.plugIn(folder.resolve("aside"));
        try (var files = Files.newDirectoryStream(aside, ".holdfast-*")) {
            for (Path marker : files) {
                Files.writeString(marker, "{broken");
            }
        }
        drive.unplug(aside);

        drive.plugIn(atStudio);

        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
        owners.await("studio-pc", reader -> reader.mounts().stream()
                .filter(row -> row.found() == MountRow.Found.KNOWN).findFirst());
    }

    @Test
    void aDriveThatCannotBeWrittenToIsKnownByItsFilesystem() throws Exception {
        Path mount = drive.plugIn(owners.desk("studio-pc").resolve("disk"), "ro");
        owners.submit("studio-pc", new Command.TrackVolume(volume, mount));
        VolumeRow row = owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));

        assertThat(row.standing().tracking()).isEqualTo(Tracking.UNMARKED);
        assertThat(row.standing().mount()).hasValueSatisfying(here -> assertThat(here.readOnly()).isTrue());
        drive.unplug(mount);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        drive.plugIn(owners.desk("studio-pc").resolve("elsewhere"), "ro");
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
    }

    @Test
    void aDriveIsFoundUnderAPlaceOfAnyName() throws Exception {
        Path mount = trackAt("studio-pc", 3);
        List<byte[]> names = Stream.of(" before and after ", "50%_off", "it's \"so\"", "line\nbreak", "photos/photos",
                "caf\u00e9", "cafe\u0301", "a:b;c,d=e").map(name -> name.getBytes(StandardCharsets.UTF_8))
                .collect(Collectors.toList());
        names.add(new byte[] {'x', (byte) 0xFF, (byte) 0xFE});
        for (byte[] name : names) {
            drive.unplug(mount);
            owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
            var scanned = owners.hear("studio-pc", CoreEvent.ScanEnded.class);
            mount = drive.plugIn(PathBytes.below(owners.desk("studio-pc"), name).orElseThrow());

            Path place = mount.resolve("photos");
            owners.await("studio-pc", reader -> reader.locations().stream()
                    .filter(row -> row.absolutePath().equals(Optional.of(place))).findFirst());
            assertThat(DriveOwners.get(scanned).result().state()).isEqualTo(ScanProgress.State.DONE);
        }
        assertThat(owners.ask("studio-pc", LibraryReader::volumes)).hasSize(1);
        assertThat(owners.entries("studio-pc")).isEqualTo(6);
    }

    @Test
    void anotherDriveInTheSamePlaceIsAnother() throws Exception {
        Path atStudio = trackAt("studio-pc", 3);
        drive.unplug(atStudio);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        try (LoopDrive other = LoopDrive.make(folder.resolve("other.img"), "Backup 2")) {
            Files.createDirectories(other.plugIn(atStudio).resolve("photos"));
            owners.await("studio-pc", reader -> reader.mounts().stream()
                    .filter(row -> row.found() == MountRow.Found.STRANGER).findFirst());

            assertThat(owners.sees("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE))).isTrue();
            assertThat(owners.sees("studio-pc", reader -> find(reader, "2.jpg"))).isTrue();
        }
    }

    @Test
    void aDriveThatNobodyTracksIsToldOfWhenItComesAndNotAgainWhenItIsTracked() throws Exception {
        Path place = owners.desk("studio-pc").resolve("disk");
        drive.plugIn(place);
        owners.await("studio-pc", reader -> reader.mounts().stream().findFirst());
        drive.unplug(place);
        owners.await("studio-pc", reader -> reader.mounts().isEmpty() ? Optional.of(true) : Optional.empty());

        var told = owners.hear("studio-pc", CoreEvent.DriveNew.class);
        Path mount = drive.plugIn(place);
        CoreEvent.DriveNew first = DriveOwners.get(told);
        var again = owners.hear("studio-pc", CoreEvent.DriveNew.class);
        owners.submit("studio-pc", new Command.TrackVolume(volume, mount));
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));

        assertThat(first).isEqualTo(new CoreEvent.DriveNew(mount, "Backup 2"));
        assertThat(again).isNotDone();
    }

    @Test
    void theDriveThatThisComputerStartsFromIsAskedAbout() throws Exception {
        Path mount = drive.plugIn(owners.desk("studio-pc").resolve("disk"));
        String home = System.setProperty("user.home", mount.toString());
        try {
            assertThatThrownBy(() -> owners.submit("studio-pc", new Command.TrackVolume(volume, mount)))
                    .hasCauseInstanceOf(CoreException.DriveRefused.class).hasMessageContaining("--system");
            assertThat(Files.list(mount)).noneMatch(path -> path.getFileName().toString().startsWith(".holdfast"));

            owners.submit("studio-pc", new Command.TrackVolume(volume, mount, true));
        } finally {
            System.setProperty("user.home", home);
        }

        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
    }

    @Test
    void aDrivePulledOutInTheMiddleOfAScanIsToldOfOnce() throws Exception {
        Path atStudio = owners.track("studio-pc", drive, volume, 3_000);
        var gone = owners.hear("studio-pc", CoreEvent.DriveGone.class);
        var ended = owners.hear("studio-pc", CoreEvent.ScanEnded.class);
        LocationId location = owners.ask("studio-pc", LibraryReader::locations).getFirst().id();
        owners.submit("studio-pc", new Command.PauseScan(location));
        owners.submit("studio-pc", new Command.RescanLocation(location));
        drive.pull(atStudio);

        DriveOwners.get(gone);
        ScanProgress last = DriveOwners.get(ended).result();

        assertThat(last.state() == ScanProgress.State.DONE || last.failure().equals(Optional.of("unplugged")))
                .as("done before, or no failure of its own: %s", last).isTrue();
    }
}
