package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountedVolumeTest {

    private static final MountedVolume DRIVE = volume("/media/ann/Backup 2", "/", "1234-ABCD");
    private static final MountedVolume HOME = volume("/home", "/@home", "cafe");

    @Test
    void placeIsToldFromTheFilesystemsOwnTop() {
        assertThat(text(DRIVE.within(Path.of("/media/ann/Backup 2/photos/2024")))).isEqualTo("photos/2024");
        assertThat(text(DRIVE.within(Path.of("/media/ann/Backup 2")))).isEmpty();
        assertThat(text(HOME.within(Path.of("/home/ann")))).isEqualTo("@home/ann");
        assertThatIllegalArgumentException().isThrownBy(() -> DRIVE.within(Path.of("/media/ann/Backup 22")));
    }

    @Test
    void placeIsFoundAgainAtAnotherMountPoint() {
        byte[] place = DRIVE.within(Path.of("/media/ann/Backup 2/photos/2024"));

        assertThat(volume("/mnt", "/", "1234-ABCD").resolve(place)).contains(Path.of("/mnt/photos/2024"));
        assertThat(volume("/mnt", "/photos", "1234-ABCD").resolve(place)).contains(Path.of("/mnt/2024"));
        assertThat(volume("/mnt", "/photos/2024", "1234-ABCD").resolve(place)).contains(Path.of("/mnt"));
        assertThat(volume("/mnt", "/pho", "1234-ABCD").resolve(place)).isEmpty();
        assertThat(volume("/mnt", "/music", "1234-ABCD").resolve(place)).isEmpty();
    }

    @Test
    void placeThatLeadsOutOfTheVolumeIsNone() {
        assertThat(DRIVE.resolve("../../etc".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void filesystemIsKnownAgainByItsIdWhereverItIsMounted() {
        assertThat(DRIVE.recognition()).isEqualTo("fs-uuid:1234-ABCD")
                .isEqualTo(volume("/mnt", "/photos", "1234-ABCD").recognition());
        assertThat(volume("/mnt", "/", "").recognition()).isEqualTo("mount:/dev/sdb1:0:/mnt");
    }

    @Test
    void placeIsLocatedOnWhicheverMountShowsIt() throws Exception {
        Volumes volumes = new Volumes() {
            @Override
            public MountedVolume volumeOf(Path path) {
                return HOME;
            }

            @Override
            public List<MountedVolume> mounted() {
                return List.of(volume("/", "/@", "cafe"), HOME);
            }
        };

        Optional<Path> place = volumes.locate(HOME.recognition(), HOME.within(Path.of("/home/ann")));

        assertThat(place).contains(Path.of("/home/ann"));
        assertThat(volumes.locate("fs-uuid:other", new byte[0])).isEmpty();
    }

    private static MountedVolume volume(String mountPoint, String root, String fsUuid) {
        return new MountedVolume(Path.of(mountPoint), Path.of(root), "ext4", "/dev/sdb1", "", fsUuid, 0, false,
                new MountedVolume.Medium("8:17", "", true, 0));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
