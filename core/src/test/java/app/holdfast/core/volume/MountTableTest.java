package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.holdfast.core.volume.MountTable.Mount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class MountTableTest {

    private static final long SEED = Long.getLong("seed", 20260802);
    private static final String ROOT = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n";
    private static final String DRIVE =
            "36 27 8:17 / /media/ann/Backup\\0402 ro,nosuid shared:5 master:1 - vfat /dev/sdb1 rw\n";

    @Test
    void everyFieldOfALineIsRead() throws MalformedMountTable {
        MountTable table = MountTable.parse(bytes(ROOT + DRIVE));

        assertThat(table.mounts()).containsExactly(
                new Mount("254:0", Path.of("/"), Path.of("/"), false, "ext4", "/dev/vda"),
                new Mount("8:17", Path.of("/"), Path.of("/media/ann/Backup 2"), true, "vfat", "/dev/sdb1"));
    }

    @Test
    void escapesOfSpaceTabNewlineAndBackslashAreUndone() throws MalformedMountTable {
        String line = "36 27 8:17 /@home /a\\040b\\011c\\012d\\134e\\303\\274 rw - btrfs /dev/x\\134y rw\n";

        Mount mount = MountTable.parse(bytes(line)).mounts().getFirst();

        assertThat(mount.mountPoint()).isEqualTo(Path.of("/a b\tc\nd\\eü"));
        assertThat(mount.root()).isEqualTo(Path.of("/@home"));
        assertThat(mount.source()).isEqualTo("/dev/x\\y");
    }

    @Test
    void sourceMayBeEmptyAndMountPointAnyBytes() throws MalformedMountTable {
        byte[] line = bytes("36 27 0:40 / /x? rw - tmpfs  rw\n");
        line[new String(line, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xFF;

        Mount mount = MountTable.parse(line).mounts().getFirst();

        assertThat(mount.source()).isEmpty();
        assertThat(PathBytes.ofName(mount.mountPoint())).containsExactly('x', 0xFF);
    }

    @Test
    void pathIsHeldByTheDeepestMountAboveItAndNeverByANamesake() throws MalformedMountTable {
        MountTable table = MountTable.parse(bytes(ROOT
                + "36 27 8:17 / /mnt/usb rw - ext4 /dev/sdb1 rw\n"
                + "37 27 8:33 / /mnt/usb2 rw - ext4 /dev/sdc1 rw\n"
                + "38 36 8:49 / /mnt/usb/inner rw - ext4 /dev/sdd1 rw\n"));

        assertThat(table.holding(Path.of("/mnt/usb/a/b")).orElseThrow().source()).isEqualTo("/dev/sdb1");
        assertThat(table.holding(Path.of("/mnt/usb2")).orElseThrow().source()).isEqualTo("/dev/sdc1");
        assertThat(table.holding(Path.of("/mnt/usb/inner/x")).orElseThrow().source()).isEqualTo("/dev/sdd1");
        assertThat(table.holding(Path.of("/mnt/usb3/x")).orElseThrow().source()).isEqualTo("/dev/vda");
    }

    @Test
    void laterMountHidesTheEarlierOneAtItsPlace() throws MalformedMountTable {
        MountTable table = MountTable.parse(bytes(ROOT
                + "36 27 8:17 / /mnt rw - ext4 /dev/sdb1 rw\n"
                + "37 36 8:33 / /mnt rw - ext4 /dev/sdc1 rw\n"));

        assertThat(table.holding(Path.of("/mnt/a")).orElseThrow().source()).isEqualTo("/dev/sdc1");
        assertThat(table.visible()).extracting(Mount::source).containsExactly("/dev/vda", "/dev/sdc1");
    }

    @Test
    void damageIsRefusedWithItsPlace() {
        assertThat(offsetOfDamage(ROOT + "36 27 8:17 / /mnt rw ext4 /dev/sdb1 rw\n")).isEqualTo(ROOT.length());
        assertThat(offsetOfDamage("36 27 8-17 / /mnt rw - ext4 /dev/sdb1 rw\n")).isEqualTo(6);
        assertThat(offsetOfDamage("36 27 8:17 / /m\\04 rw - ext4 /dev/sdb1 rw\n")).isEqualTo(15);
        assertThat(offsetOfDamage("36 27 8:17 / /m\\000 rw - ext4 /dev/sdb1 rw\n")).isEqualTo(15);
        assertThat(offsetOfDamage("36 27 8:17 / /m/../x rw - ext4 /dev/sdb1 rw\n")).isEqualTo(13);
        assertThat(offsetOfDamage("36 27 8:17 / /m rw " + "x:1 ".repeat(100) + "- ext4 /dev/sdb1 rw\n")).isPositive();
    }

    @Test
    void tableBeyondTheLimitIsRefused() {
        byte[] endless = new byte[MountTable.TABLE_BYTES_MAX + 1];

        assertThatExceptionOfType(MalformedMountTable.class).isThrownBy(() -> MountTable.parse(endless));
    }

    @Test
    void noBytesEverDoWorseThanBeRefused() {
        System.out.println("MountTableTest seed " + SEED);
        var random = new SplittableRandom(SEED);
        int accepted = 0;

        for (int i = 0; i < 100_000; i++) {
            byte[] table = bytes(ROOT + DRIVE);
            for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
                table[random.nextInt(table.length)] = random.nextBoolean() ? (byte) random.nextInt(256)
                        : bytes("\\ /-0:.\n")[random.nextInt(8)];
            }
            try {
                MountTable.parse(table).holding(Path.of("/media/ann/Backup 2/x"));
                accepted++;
            } catch (MalformedMountTable e) {
                assertThat(e.offset()).isBetween(0, table.length);
            }
        }

        assertThat(accepted).isBetween(1_000, 99_000);
    }

    private static int offsetOfDamage(String table) {
        return catchThrowableOfType(MalformedMountTable.class, () -> MountTable.parse(bytes(table))).offset();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
