package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.library.DriveRules.Around;
import app.holdfast.core.library.DriveRules.Step;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.store.VolumeQueries.Standing;
import app.holdfast.core.store.VolumeQueries.StoredCopy;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DriveRulesTest {

    private static final DeviceId SELF = new DeviceId("11".repeat(32));
    private static final DeviceId OTHER = new DeviceId("22".repeat(32));
    private static final DeviceId THIRD = new DeviceId("33".repeat(32));
    private static final VolumeId BACKUP = new VolumeId(new UUID(2, 2));
    private static final Around ALONE = new Around(SELF, Set.of(), Set.of(SELF, OTHER, THIRD), true);
    private static final Around ONLINE = new Around(SELF, Set.of(OTHER), Set.of(SELF, OTHER, THIRD), true);
    private static final List<StoredCopy> NO_COPIES = List.of();

    private static StoredVolume volume(DeviceId owner, long away) {
        return volume(owner, away, Tracking.MARKED);
    }

    private static StoredVolume volume(DeviceId owner, long away, Tracking tracking) {
        return new StoredVolume(BACKUP, "Backup 2", owner, "studio-pc", 1, 0, "ext4", "", Optional.empty(),
                new Standing(tracking, "", away, 1, 1, ""));
    }

    private static List<Finding> found(Outcome... outcomes) {
        var mount = new MountedVolume(Path.of("/m"), Path.of("/"), "ext4", "/dev/sdb", "", "", 0, false,
                new MountedVolume.Medium("8:1", "", true, 0));
        return List.of(outcomes).stream()
                .map(outcome -> new Finding(outcome, Optional.of(BACKUP), List.of(mount), Optional.empty())).toList();
    }

    private static List<StoredCopy> flagged(DeviceId at, boolean isCopy) {
        return List.of(new StoredCopy(BACKUP, at, "Backup 2", isCopy));
    }

    @Test
    void ourDriveIsKeptWhileItIsHereAndMissedWhenItIsNot() {
        assertThat(DriveRules.step(volume(SELF, 0), found(Outcome.HERE), NO_COPIES, ALONE)).isEqualTo(Step.KEEP);
        assertThat(DriveRules.step(volume(SELF, 0), found(Outcome.DAMAGED), NO_COPIES, ALONE)).isEqualTo(Step.KEEP);
        assertThat(DriveRules.step(volume(SELF, 0), found(), NO_COPIES, ALONE)).isEqualTo(Step.MISS);
        assertThat(DriveRules.step(volume(SELF, 0), found(Outcome.UNMARKED), NO_COPIES, ALONE)).isEqualTo(Step.MISS);
    }

    @Test
    void aDriveThatItsOwnerMissesIsClaimed() {
        assertThat(DriveRules.step(volume(OTHER, 7), found(Outcome.HERE), NO_COPIES, ONLINE)).isEqualTo(Step.CLAIM);
    }

    @Test
    void aDriveWhoseOwnerIsNotThereIsClaimed() {
        assertThat(DriveRules.step(volume(OTHER, 0), found(Outcome.HERE), NO_COPIES, ALONE)).isEqualTo(Step.CLAIM);
    }

    @Test
    void aDriveThatItsOwnerHasIsNotClaimed() {
        assertThat(DriveRules.step(volume(OTHER, 0), found(Outcome.HERE), NO_COPIES, ONLINE)).isEqualTo(Step.FLAG);
    }

    @Test
    void aDriveThatItsOwnerHadWhenItWentAwayStaysInDoubt() {
        assertThat(DriveRules.step(volume(OTHER, 0), found(Outcome.HERE), flagged(SELF, false), ALONE))
                .isEqualTo(Step.FLAG);
    }

    @Test
    void theDoubtEndsWhenTheOwnerMissesIt() {
        var copies = flagged(SELF, false);

        assertThat(DriveRules.step(volume(OTHER, 7), found(Outcome.HERE), copies, ONLINE)).isEqualTo(Step.CLAIM);
        assertThat(DriveRules.obsolete(List.of(volume(OTHER, 7)), copies, found(Outcome.HERE), ONLINE))
                .containsExactly(BACKUP);
    }

    @Test
    void theDoubtEndsWhenTheCopyIsTakenAway() {
        assertThat(DriveRules.obsolete(List.of(volume(OTHER, 0)), flagged(SELF, false), found(), ONLINE))
                .containsExactly(BACKUP);
        assertThat(DriveRules.obsolete(List.of(volume(OTHER, 0)), flagged(THIRD, false), found(), ONLINE)).isEmpty();
    }

    @Test
    void nobodyClaimsWhatOthersAreInDoubtAbout() {
        assertThat(DriveRules.step(volume(OTHER, 7), found(Outcome.HERE), flagged(THIRD, false), ALONE))
                .isEqualTo(Step.NOTHING);
    }

    @Test
    void aForgottenOwnerHasNothing() {
        var forgotten = new Around(SELF, Set.of(OTHER), Set.of(SELF), true);

        assertThat(DriveRules.step(volume(OTHER, 0), found(Outcome.HERE), NO_COPIES, forgotten))
                .isEqualTo(Step.CLAIM);
    }

    @Test
    void aPersonWhoWantsToBeAskedIs() {
        var asking = new Around(SELF, Set.of(), Set.of(SELF, OTHER), false);

        assertThat(DriveRules.step(volume(OTHER, 7), found(Outcome.HERE), NO_COPIES, asking)).isEqualTo(Step.ASK);
    }

    @Test
    void aDriveThatNobodyTracksStaysItsDevices() {
        assertThat(DriveRules.step(volume(OTHER, 7, Tracking.NONE), found(Outcome.HERE), NO_COPIES, ALONE))
                .isEqualTo(Step.NOTHING);
    }

    @Test
    void aCopyIsFlaggedWhoeverOwnsTheVolume() {
        assertThat(DriveRules.step(volume(SELF, 0), found(Outcome.COPY), NO_COPIES, ALONE)).isEqualTo(Step.FLAG);
        assertThat(DriveRules.step(volume(SELF, 0), found(Outcome.HERE, Outcome.COPY), NO_COPIES, ALONE))
                .isEqualTo(Step.FLAG);
        assertThat(DriveRules.step(volume(OTHER, 7), found(Outcome.COPY), NO_COPIES, ALONE)).isEqualTo(Step.FLAG);
    }

    @Test
    void aCopyThatAPersonSaidIsOneParts() {
        assertThat(DriveRules.step(volume(SELF, 0), found(Outcome.HERE), flagged(SELF, true), ALONE))
                .isEqualTo(Step.PART);
        assertThat(DriveRules.step(volume(OTHER, 0), found(Outcome.COPY), flagged(SELF, true), ONLINE))
                .isEqualTo(Step.PART);
    }

    @Test
    void whichOfTwoDrivesOnOneDeviceIsTheCopyIsSaidOfTheDrive() {
        assertThat(DriveRules.step(volume(SELF, 0), found(Outcome.COPY, Outcome.COPY), flagged(SELF, true), ALONE))
                .isEqualTo(Step.FLAG);
    }
}
