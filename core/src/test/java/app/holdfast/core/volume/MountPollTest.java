package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.fake.LoopDrive;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class MountPollTest {

    /// Ends the wait of a test that fails.
    private static final int LONG_MILLIS = 30_000;

    @TempDir
    private Path folder;

    @Test
    void aTableOfMountsThatStandsStillTellsNothing() throws Exception {
        try (var poll = new MountPoll(Path.of("/proc/self/mountinfo"))) {
            while (poll.await(0)) {
                assertThat(MountPoll.isPossible()).isTrue(); // other tests mount as well
            }
            assertThat(poll.await(0)).isFalse();
        }
    }

    @Test
    void mountsAndUnmountsWakeWhoeverWaits() throws Exception {
        assumeTrue(LoopDrive.isPossible(), "needs root, loop devices and mkfs.ext4");
        try (LoopDrive drive = LoopDrive.make(folder.resolve("image"), "x");
                var poll = new MountPoll(Path.of("/proc/self/mountinfo"))) {
            Path place = drive.plugIn(folder.resolve("place"));
            assertThat(poll.await(LONG_MILLIS)).isTrue();

            drive.unplug(place);
            assertThat(poll.await(LONG_MILLIS)).isTrue();
        }
    }

    @Test
    void aDriveSaysWhatItIsWithoutUdev() throws Exception {
        assumeTrue(LoopDrive.isPossible(), "needs root, loop devices and mkfs.ext4");
        Path top = folder.toRealPath();
        try (LoopDrive drive = LoopDrive.make(top.resolve("image"), "Backup 2")) {
            Path place = drive.plugIn(top.resolve("a place\n%_'\"ü"));
            var volumes = new LinuxVolumes(Path.of("/proc/self/mountinfo"), top.resolve("no udev"),
                    new LinuxMedium(Path.of("/sys/dev/block"), top.resolve("no notes")));

            MountedVolume volume = volumes.volumeOf(place);

            assertThat(volume.label()).isEqualTo("Backup 2");
            assertThat(volume.fsUuid()).matches("[0-9a-f-]{36}");
            assertThat(volume.mountPoint()).isEqualTo(place);
            assertThat(volume.isDrive()).isTrue();
            assertThat(volume.medium().freeBytes()).isBetween(1L, volume.totalBytes());
        }
    }
}
