package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.volume.Marker.Reading;
import app.holdfast.core.volume.Marker.Reading.State;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Known;
import app.holdfast.core.volume.Recognition.Outcome;
import app.holdfast.core.volume.Recognition.Sighted;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecognitionTest {

    private static final LibraryId LIBRARY = new LibraryId(new UUID(1, 1));
    private static final VolumeId BACKUP = new VolumeId(new UUID(2, 2));
    private static final Known KNOWN = new Known(BACKUP, Tracking.MARKED, "1234-ABCD", "SN1", 1_000_000, 5, 55);
    private static final Reading MARKED = Reading.of(new Marker(LIBRARY, BACKUP, 5, 55));
    private static final Reading MISSING = Reading.none(State.MISSING);

    private static MountedVolume mount(String device, String place, String fsUuid, long bytes) {
        return new MountedVolume(Path.of(place), Path.of("/"), "vfat", "/dev/" + device, "BACKUP", fsUuid, bytes,
                false, new MountedVolume.Medium(device, "SN1", true, 0));
    }

    private static Sighted drive(String device, Reading reading) {
        return new Sighted(mount(device, "/media/" + device, "1234-ABCD", 1_000_000), reading);
    }

    private static Reading marker(long writes, long nonce) {
        return Reading.of(new Marker(LIBRARY, BACKUP, writes, nonce));
    }

    private static List<Outcome> outcomes(List<Known> known, Sighted... seen) {
        return Recognition.decide(LIBRARY, known, List.of(seen)).stream().map(Finding::outcome).toList();
    }

    @Test
    void aMarkerTellsTheVolumeWhereverItIsMounted() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", MARKED))).containsExactly(Outcome.HERE);
        assertThat(outcomes(List.of(KNOWN), drive("8:99", MARKED))).containsExactly(Outcome.HERE);
    }

    @Test
    void aMarkerThatIsAheadIsTheSameDrive() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", marker(9, 1)))).containsExactly(Outcome.HERE);
    }

    @Test
    void aMarkerThatWasLeftBehindIsACopys() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", marker(4, 44)))).containsExactly(Outcome.COPY);
    }

    @Test
    void aMarkerThatWentAnotherWayIsACopys() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", marker(5, 56)))).containsExactly(Outcome.COPY);
    }

    @Test
    void anyMarkerWillDoForAVolumeWhoseDriveWasACopy() {
        Known reset = new Known(BACKUP, Tracking.MARKED, "1234-ABCD", "SN1", 1_000_000, 0, 0);

        assertThat(outcomes(List.of(reset), drive("8:1", marker(2, 9)))).containsExactly(Outcome.HERE);
    }

    @Test
    void filesCopiedToAnotherFilesystemAreACopy() {
        var otherId = new Sighted(mount("8:1", "/m", "9999-0000", 1_000_000), MARKED);
        var otherSize = new Sighted(mount("8:1", "/m", "1234-ABCD", 2_000_000), MARKED);

        assertThat(outcomes(List.of(KNOWN), otherId)).containsExactly(Outcome.COPY);
        assertThat(outcomes(List.of(KNOWN), otherSize)).containsExactly(Outcome.COPY);
    }

    @Test
    void systemsMayWriteAnIdTheirOwnWay() {
        var windows = new Sighted(mount("8:1", "/m", "1234abcd", 1_000_001), MARKED);
        var mac = new Sighted(mount("8:1", "/m", "0D5FCB1A-32F2-4A34-9D1C-6C1B8B0F4A21", 990_000), MARKED);
        var untold = new Sighted(mount("8:1", "/m", "", 0), MARKED);

        assertThat(outcomes(List.of(KNOWN), windows)).containsExactly(Outcome.HERE);
        assertThat(outcomes(List.of(KNOWN), mac)).containsExactly(Outcome.HERE);
        assertThat(outcomes(List.of(KNOWN), untold)).containsExactly(Outcome.HERE);
    }

    @Test
    void twoDrivesWithOneMarkerAreBothInDoubt() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", MARKED), drive("8:2", MARKED)))
                .containsExactly(Outcome.COPY, Outcome.COPY);
    }

    @Test
    void theDriveWithTheNewerMarkerIsTheVolume() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", marker(4, 4)), drive("8:2", MARKED)))
                .containsExactly(Outcome.COPY, Outcome.HERE);
    }

    @Test
    void oneDriveMountedTwiceIsOne() {
        Finding one = Recognition.decide(LIBRARY, List.of(KNOWN), List.of(
                new Sighted(mount("8:1", "/a", "1234-ABCD", 1_000_000), MARKED),
                new Sighted(mount("8:1", "/b", "1234-ABCD", 1_000_000), MARKED))).getFirst();

        assertThat(one.outcome()).isEqualTo(Outcome.HERE);
        assertThat(one.mounts()).hasSize(2);
    }

    @Test
    void aDamagedMarkerIsMadeUpForByTheFilesystem() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", Reading.none(State.DAMAGED))))
                .containsExactly(Outcome.DAMAGED);
    }

    @Test
    void aMarkerThatWasTakenAwayIsNotMadeUpFor() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", MISSING))).containsExactly(Outcome.UNMARKED);
    }

    @Test
    void aDriveThatDoesNotAnswerIsNothing() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", Reading.none(State.UNKNOWN))))
                .containsExactly(Outcome.STRANGER);
    }

    @Test
    void aDriveThatCannotBeWrittenToIsKnownByItsFilesystem() {
        Known unmarked = new Known(BACKUP, Tracking.UNMARKED, "1234-ABCD", "SN1", 1_000_000, 0, 0);
        var otherSerial = new Known(BACKUP, Tracking.UNMARKED, "1234-ABCD", "SN2", 1_000_000, 0, 0);

        assertThat(outcomes(List.of(unmarked), drive("8:1", MISSING))).containsExactly(Outcome.HERE);
        assertThat(outcomes(List.of(otherSerial), drive("8:1", MISSING))).containsExactly(Outcome.STRANGER);
    }

    @Test
    void withoutAMarkerTwoVolumesOfOneIdAreNotToldApart() {
        var other = new Known(new VolumeId(new UUID(9, 9)), Tracking.UNMARKED, "1234-ABCD", "", 0, 0, 0);

        assertThat(outcomes(List.of(KNOWN, other), drive("8:1", MISSING))).containsExactly(Outcome.STRANGER);
    }

    @Test
    void aCopyWithoutAMarkerDoesNotStandInTheWayOfTheDriveThatHasIt() {
        assertThat(outcomes(List.of(KNOWN), drive("8:1", Reading.none(State.DAMAGED)), drive("8:2", MARKED)))
                .containsExactly(Outcome.STRANGER, Outcome.HERE);
    }

    @Test
    void aVolumeThatNobodyTracksIsNotLookedFor() {
        Known untracked = new Known(BACKUP, Tracking.NONE, "1234-ABCD", "SN1", 1_000_000, 0, 0);

        assertThat(outcomes(List.of(untracked), drive("8:1", MISSING))).containsExactly(Outcome.STRANGER);
    }

    @Test
    void anotherLibrarysMarkerSaysNothing() {
        var foreign = Reading.of(new Marker(new LibraryId(new UUID(7, 7)), BACKUP, 5, 55));

        assertThat(outcomes(List.of(), drive("8:1", foreign))).containsExactly(Outcome.STRANGER);
    }

    @Test
    void aVolumeThatWasNotHeardOfYetIsNotNew() {
        assertThat(outcomes(List.of(), drive("8:1", MARKED))).containsExactly(Outcome.UNHEARD);
    }

    @Test
    void anotherDriveUnderTheSamePathIsAnother() {
        var other = new Sighted(mount("8:1", "/media/8:1", "7777-7777", 1_000_000), MISSING);

        assertThat(outcomes(List.of(KNOWN), other)).containsExactly(Outcome.STRANGER);
    }
}
