package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LinuxVolumesTest {

    @TempDir
    private Path temp;
    private Path table;
    private LinuxVolumes volumes;

    @BeforeEach
    void makeTable() throws IOException {
        temp = temp.toRealPath();
        table = temp.resolve("mountinfo");
        volumes = new LinuxVolumes(table, temp.resolve("disk"),
                new LinuxMedium(temp.resolve("sys"), temp.resolve("notes")));
        Files.writeString(table, """
                27 1 254:0 / / rw - ext4 /dev/vda rw
                28 27 0:21 / /proc rw - proc proc rw
                36 27 8:17 / %s rw - vfat %s rw
                """.formatted(temp.resolve("drive"), "/dev/null"));
        Files.createDirectories(temp.resolve("drive/photos"));
    }

    @Test
    void volumeIsNamedByTheLinksOfUdev() throws IOException {
        Path uuids = Files.createDirectories(temp.resolve("disk/by-uuid"));
        Path labels = Files.createDirectories(temp.resolve("disk/by-label"));
        Files.createSymbolicLink(uuids.resolve("1234-ABCD"), Path.of("/dev/null"));
        Files.createSymbolicLink(uuids.resolve("stale"), Path.of("/dev/gone"));
        Files.createSymbolicLink(labels.resolve("Backup\\x202\\xc3\\xbc"), Path.of("/dev/null"));

        MountedVolume volume = volumes.volumeOf(temp.resolve("drive/photos"));

        assertThat(volume.fsUuid()).isEqualTo("1234-ABCD");
        assertThat(volume.shownName()).isEqualTo("Backup 2ü");
        assertThat(volume.fileSystem()).isEqualTo("vfat");
        assertThat(volume.totalBytes()).isPositive();
    }

    @Test
    void withoutUdevAVolumeIsKnownByWhatIsMountedWhere() throws IOException {
        MountedVolume volume = volumes.volumeOf(temp.resolve("drive"));

        assertThat(volume.recognition())
                .isEqualTo("mount:/dev/null:" + volume.totalBytes() + ":" + temp.resolve("drive"));
        assertThat(volume.shownName()).isEqualTo("drive");
    }

    @Test
    void systemsOwnMountsAreNoVolumes() throws IOException {
        assertThat(volumes.mounted()).extracting(MountedVolume::fileSystem).containsExactly("ext4", "vfat");
        assertThatIOException().isThrownBy(() -> volumes.volumeOf(Path.of("/proc/self")));
    }

    @Test
    void whatIsNotThereIsOnNoVolume() {
        assertThatIOException().isThrownBy(() -> volumes.volumeOf(temp.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void damagedTableIsAnErrorOfReading() throws IOException {
        Files.writeString(table, "nonsense\n");

        assertThatIOException().isThrownBy(volumes::mounted).withMessageContaining("byte 0");
    }

    @Test
    void thisMachinesOwnTableIsRead() throws IOException {
        MountedVolume volume = new LinuxVolumes().volumeOf(temp);

        assertThat(temp.startsWith(volume.mountPoint())).isTrue();
        assertThat(volume.totalBytes()).isPositive();
        assertThat(new LinuxVolumes().locate(volume.recognition(), volume.within(temp))).contains(temp);
    }

    @Test
    void javasFileStoresTellTheMountPointToo() throws IOException {
        MountedVolume volume = new FileStoreVolumes().volumeOf(temp);

        assertThat(volume.mountPoint()).isEqualTo(new LinuxVolumes().volumeOf(temp).mountPoint());
        assertThat(volume.resolve(volume.within(temp))).contains(temp);
        assertThat(new FileStoreVolumes().mounted()).extracting(MountedVolume::mountPoint).contains(Path.of("/"));
    }
}
