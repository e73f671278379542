package app.holdfast.core;

import static app.holdfast.core.DriveOwners.find;
import static app.holdfast.core.DriveOwners.inState;
import static app.holdfast.core.DriveOwners.ownedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.fake.LoopDrive;
import app.holdfast.core.fake.LoopDrive.Kind;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What [PortableDriveTest] shows, on the filesystems that drives are sold with, by programs in FUSE: their inodes say
/// nothing, their names may know no case, and their times are coarse.
@Tag("interop")
class FuseDriveTest {

    private static final int FILES = 1_000;

    @TempDir
    private Path folder;

    private DriveOwners owners;
    private LoopDrive drive;
    private VolumeId volume;

    private void plugIn(Kind kind) throws Exception {
        assumeTrue(kind.lack().isEmpty(), () -> kind.lack().orElse(""));
        folder = folder.toRealPath();
        drive = LoopDrive.make(kind, folder.resolve("drive.img"), "Backup 2");
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

    private EntryId id(String device, String name) throws Exception {
        return owners.await(device, reader -> find(reader, name)).id();
    }

    private void isGone(String device, String name) throws Exception {
        owners.await(device, reader -> find(reader, name).isEmpty() ? Optional.of(true) : Optional.empty());
    }

    private void rescan(String device) throws Exception {
        var scanned = owners.hear(device, CoreEvent.ScanEnded.class);
        LocationId location = owners.ask(device, LibraryReader::locations).getFirst().id();
        owners.submit(device, new Command.RescanLocation(location));
        DriveOwners.get(scanned);
    }

    @ParameterizedTest
    @EnumSource(names = "EXT4", mode = EnumSource.Mode.EXCLUDE)
    void aDriveMovesByOneRowAndBack(Kind kind) throws Exception {
        plugIn(kind);
        owners.share();
        Path atStudio = owners.track("studio-pc", drive, volume, FILES);
        owners.tag("studio-pc", "471.jpg");
        owners.await("studio-pc", reader -> Optional.of(reader.reading()).filter(reading -> reading.left() == 0));
        owners.awaitEqual();
        owners.reopenCounting();

        drive.unplug(atStudio);
        owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        var scanned = owners.hear("laptop", CoreEvent.ScanEnded.class);
        Path atLaptop = drive.plugIn(owners.desk("laptop").resolve("another place/with %_'\"\nüü"));
        for (String device : owners.names()) {
            owners.await(device, reader -> ownedBy(reader, volume, "laptop"));
        }
        assertThat(DriveOwners.get(scanned).result().found()).isEqualTo(FILES + 100);
        owners.awaitEqual();
        EntryRow seen = owners.await("laptop", reader -> find(reader, "471.jpg").filter(row ->
                row.holder().here() && row.holder().online()));
        drive.unplug(atLaptop);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        var scannedAgain = owners.hear("studio-pc", CoreEvent.ScanEnded.class);
        drive.plugIn(owners.desk("studio-pc").resolve("third place"));
        VolumeRow back = owners.await("kitchen", reader -> ownedBy(reader, volume, "studio-pc"));
        DriveOwners.get(scannedAgain);
        owners.awaitEqual();

        assertThat(seen.tags()).extracting(EntryRow.Tag::name).containsExactly("Trips");
        assertThat(back.label()).isEqualTo("Backup 2");
        assertThat(back.fileSystem()).contains(kind.name().toLowerCase(Locale.ROOT));
        assertThat(back.fsUuid()).isPresent();
        assertThat(owners.entryWrites()).as("rows of entries written on all devices").isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "EXT4", mode = EnumSource.Mode.EXCLUDE)
    void whatIsRenamedAndMovedOnItKeepsItsTagsWhetherSeenOrNot(Kind kind) throws Exception {
        plugIn(kind);
        Path mount = owners.track("studio-pc", drive, volume, 3);
        Path photos = mount.resolve("photos");
        Files.writeString(photos.resolve("0/Beach.JPG"), "the sea");
        Files.createDirectory(photos.resolve("Summer"));
        Files.writeString(photos.resolve("Summer/market.jpg"), "fruit and fish");
        EntryId beach = id("studio-pc", "Beach.JPG");
        EntryId summer = id("studio-pc", "Summer");
        EntryId market = id("studio-pc", "market.jpg");
        owners.tag("studio-pc", "Beach.JPG");
        rescan("studio-pc");

        Files.move(photos.resolve("0/Beach.JPG"), photos.resolve("0/beach.jpg"), StandardCopyOption.ATOMIC_MOVE);
        owners.await("studio-pc", reader -> find(reader, "beach.jpg").filter(row -> row.name().equals("beach.jpg")));
        assertThat(id("studio-pc", "beach.jpg")).as("renamed while it was watched").isEqualTo(beach);
        drive.unplug(mount);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        Path aside = drive.plugIn(folder.resolve("aside")).resolve("photos");
        Files.move(aside.resolve("0/beach.jpg"), aside.resolve("1/the coast.jpg"));
        Files.move(aside.resolve("Summer"), aside.resolve("Sommer 2024"));
        drive.unplug(folder.resolve("aside"));
        drive.plugIn(owners.desk("studio-pc").resolve("elsewhere"));

        assertThat(id("studio-pc", "the coast.jpg")).as("moved and renamed while it was away").isEqualTo(beach);
        assertThat(id("studio-pc", "Sommer 2024")).isEqualTo(summer);
        assertThat(id("studio-pc", "market.jpg")).isEqualTo(market);
        isGone("studio-pc", "beach.jpg");
        assertThat(owners.ask("studio-pc", reader -> find(reader, "the coast.jpg")).orElseThrow().tags()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = "EXT4", mode = EnumSource.Mode.EXCLUDE)
    void aFileThatGetsTheInodeOfADeletedOneDoesNotGetItsTags(Kind kind) throws Exception {
        plugIn(kind);
        Path mount = owners.track("studio-pc", drive, volume, 3);
        Path old = mount.resolve("photos/0/old.jpg");
        Files.writeString(old, "the one before");
        EntryId before = id("studio-pc", "old.jpg");
        owners.tag("studio-pc", "old.jpg");
        drive.unplug(mount);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));

        Path aside = drive.plugIn(folder.resolve("aside"));
        Files.delete(aside.resolve("photos/0/old.jpg"));
        Files.writeString(aside.resolve("photos/0/new.jpg"), "another one");
        drive.unplug(aside);
        drive.plugIn(mount);

        assertThat(id("studio-pc", "new.jpg")).isNotEqualTo(before);
        isGone("studio-pc", "old.jpg");
    }

    @ParameterizedTest
    @EnumSource(names = "EXT4", mode = EnumSource.Mode.EXCLUDE)
    void timesOfEveryResolutionAreTheSameWhenItIsBack(Kind kind) throws Exception {
        plugIn(kind);
        owners.share();
        Path mount = owners.track("studio-pc", drive, volume, 1);
        for (long millis : new long[] {1_700_000_000_001L, 1_700_000_001_999L, 1_700_000_003_500L}) {
            Path file = mount.resolve("photos/" + millis);
            Files.writeString(file, "x");
            Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
        }
        rescan("studio-pc");
        owners.await("studio-pc", reader -> find(reader, "1700000003500"));
        owners.await("studio-pc", reader -> Optional.of(reader.reading()).filter(reading -> reading.left() == 0));
        long known = owners.await("studio-pc", reader -> find(reader, "1700000001999")).modified().toEpochMilli();
        drive.unplug(mount);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));
        owners.reopenCounting();

        var scanned = owners.hear("studio-pc", CoreEvent.ScanEnded.class);
        Path again = drive.plugIn(owners.desk("studio-pc").resolve("again"));
        DriveOwners.get(scanned);

        assertThat(known).isEqualTo(Files.getLastModifiedTime(again.resolve("photos/1700000001999")).toMillis());
        assertThat(owners.entryWrites()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "EXT4", mode = EnumSource.Mode.EXCLUDE)
    void aDriveThatCannotBeWrittenToIsKnownByItsFilesystem(Kind kind) throws Exception {
        plugIn(kind);
        Path mount = drive.plugIn(owners.desk("studio-pc").resolve("disk"), "ro");
        owners.submit("studio-pc", new Command.TrackVolume(volume, mount));
        VolumeRow row = owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
        drive.unplug(mount);
        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));

        drive.plugIn(owners.desk("studio-pc").resolve("elsewhere"), "ro");

        owners.await("studio-pc", reader -> inState(reader, volume, VolumeRow.State.OK));
        assertThat(row.standing().tracking()).isEqualTo(Tracking.UNMARKED);
        assertThat(row.standing().mount()).hasValueSatisfying(here -> assertThat(here.readOnly()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(names = "EXT4", mode = EnumSource.Mode.EXCLUDE)
    void aDriveThatWasPulledOutWhileInUseIsStillTheDrive(Kind kind) throws Exception {
        plugIn(kind);
        owners.share();
        Path atStudio = owners.track("studio-pc", drive, volume, 50);
        owners.tag("studio-pc", "7.jpg");
        owners.awaitEqual();
        try (LoopDrive dirty = drive.copy(folder.resolve("dirty.img"))) {
            drive.pull(atStudio);
            owners.await("laptop", reader -> inState(reader, volume, VolumeRow.State.OFFLINE));

            dirty.plugIn(owners.desk("laptop").resolve("disk"));

            owners.await("kitchen", reader -> ownedBy(reader, volume, "laptop"));
            owners.await("laptop", reader -> find(reader, "7.jpg").filter(row -> row.holder().online()));
            owners.await("laptop", reader -> reader.locations().stream()
                    .filter(row -> row.state() == LocationRow.State.IDLE).findFirst());
            owners.awaitEqual();
            assertThat(owners.ask("laptop", reader -> find(reader, "7.jpg")).orElseThrow().tags()).hasSize(1);
            assertThat(owners.ask("laptop", LibraryReader::mounts)).extracting(MountRow::found)
                    .isEqualTo(List.of(MountRow.Found.KNOWN));
        }
    }
}
