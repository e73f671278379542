package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.store.VolumeQueries.Standing;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// By what a device that lost its library knows a filesystem again that nobody tracks.
class KnownAgainTest {

    private static final DeviceId SELF = new DeviceId("11".repeat(32));
    private static final DeviceId OTHER = new DeviceId("22".repeat(32));
    private static final MountedVolume ROOT = mount("/", "/dev/vda", "aa-11", 1_000);
    private static final MountedVolume NAMELESS = mount("/srv", "/dev/vdb", "", 2_000);

    private static MountedVolume mount(String at, String source, String uuid, long bytes) {
        return new MountedVolume(Path.of(at), Path.of("/"), "ext4", source, "", uuid, bytes, false,
                new MountedVolume.Medium(source, "", false, 0));
    }

    private static List<Finding> found(MountedVolume... mounts) {
        return Arrays.stream(mounts)
                .map(mount -> new Finding(Outcome.STRANGER, Optional.empty(), List.of(mount), Optional.empty()))
                .toList();
    }

    private static StoredVolume lost(long id, MountedVolume on) {
        return stored(id, on, SELF, Tracking.NONE, Optional.empty());
    }

    private static StoredVolume stored(long id, MountedVolume on, DeviceId owner, Tracking tracking,
            Optional<String> recognised) {
        return new StoredVolume(new VolumeId(new UUID(2, id)), on.shownName(), owner, "laptop", 1, on.totalBytes(),
                on.fileSystem(), on.fsUuid(), recognised, new Standing(tracking, "", 0, 0, 0, ""));
    }

    private static Optional<MountedVolume> recognised(StoredVolume volume, List<StoredVolume> others,
            List<Finding> findings) {
        List<StoredVolume> all = new ArrayList<>(others);
        all.add(volume);
        return DriveRules.recognised(volume, all, findings, SELF);
    }

    @Test
    void itIsTheOneWithItsId() {
        assertThat(recognised(lost(1, ROOT), List.of(), found(NAMELESS, ROOT))).contains(ROOT);
        assertThat(recognised(lost(1, ROOT), List.of(), found(NAMELESS))).isEmpty();
        assertThat(recognised(lost(1, ROOT), List.of(), found(mount("/", "/dev/vda", "bb-22", 1_000)))).isEmpty();
    }

    @Test
    void oneWithoutAnIdHasToBeLikeItInAll() {
        assertThat(recognised(lost(1, NAMELESS), List.of(), found(NAMELESS, ROOT))).contains(NAMELESS);
        assertThat(recognised(lost(1, NAMELESS), List.of(), found(mount("/srv", "/dev/vdb", "", 2_001)))).isEmpty();
        assertThat(recognised(lost(1, NAMELESS), List.of(), found(mount("/other", "/dev/vdb", "", 2_000)))).isEmpty();
    }

    @Test
    void whereTwoFilesystemsAreLikeItNeitherIs() {
        assertThat(recognised(lost(1, ROOT), List.of(), found(ROOT, mount("/copy", "/dev/vdc", "aa-11", 1_000))))
                .isEmpty();
    }

    @Test
    void whereTwoVolumesAreLikeOneFilesystemNeitherIsOnIt() {
        assertThat(recognised(lost(1, ROOT), List.of(lost(2, ROOT)), found(ROOT))).isEmpty();
    }

    @Test
    void aFilesystemThatAnotherVolumeIsKnownByIsNotTaken() {
        StoredVolume addedAgain = stored(2, ROOT, SELF, Tracking.NONE, Optional.of(ROOT.recognition()));
        assertThat(recognised(lost(1, ROOT), List.of(addedAgain), found(ROOT))).isEmpty();
    }

    @Test
    void onlyOursThatNobodyTracksAndThatIsNotKnownAlreadyIsLookedFor() {
        List<Finding> here = found(ROOT);
        assertThat(recognised(stored(1, ROOT, OTHER, Tracking.NONE, Optional.empty()), List.of(), here)).isEmpty();
        assertThat(recognised(stored(1, ROOT, SELF, Tracking.MARKED, Optional.empty()), List.of(), here)).isEmpty();
        assertThat(recognised(stored(1, ROOT, SELF, Tracking.NONE, Optional.of("elsewhere")), List.of(), here))
                .isEmpty();
    }
}
