package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// First blocks as the filesystems' documents lay them out.
class SuperblockTest {

    private static final String UUID = "0d5fcb1a-32f2-4a34-9d1c-6c1b8b0f4a21";
    private static final byte[] UUID_BYTES = HexFormat.of().parseHex(UUID.replace("-", ""));

    private final ByteBuffer image = ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN);

    private void put(int at, String text, Charset charset) {
        image.put(at, text.getBytes(charset));
    }

    private Optional<Superblock> read() throws IOException {
        return read(image.array());
    }

    private static Optional<Superblock> read(byte[] bytes) throws IOException {
        return Superblock.read((offset, length) -> offset < 0 || offset >= bytes.length ? new byte[0]
                : Arrays.copyOfRange(bytes, (int) offset, (int) Math.min(bytes.length, offset + length)));
    }

    private void ext4() {
        image.putShort(1024 + 0x38, (short) 0xEF53).putInt(1024 + 0x5C, 4).putInt(1024 + 0x60, 0x40);
        image.put(1024 + 0x68, UUID_BYTES);
        put(1024 + 0x78, "Backup 2ü", StandardCharsets.UTF_8);
    }

    private void ntfs() {
        put(3, "NTFS    ", StandardCharsets.US_ASCII);
        image.putShort(0x0B, (short) 512).put(0x0D, (byte) 8).putLong(0x30, 4).put(0x40, (byte) -10)
                .putLong(0x48, 0x1122334455667788L);
        int record = 4 * 4096 + 3 * 1024;
        put(record, "FILE", StandardCharsets.US_ASCII);
        image.putShort(record + 0x14, (short) 0x38);
        image.putInt(record + 0x38, 0x10).putInt(record + 0x38 + 4, 0x48);
        int name = record + 0x38 + 0x48;
        image.putInt(name, 0x60).putInt(name + 4, 0x30).putInt(name + 0x10, 10).putShort(name + 0x14, (short) 0x18);
        put(name + 0x18, "Fotos", StandardCharsets.UTF_16LE);
    }

    private void exfat() {
        put(3, "EXFAT   ", StandardCharsets.US_ASCII);
        image.putInt(0x58, 32).putInt(0x60, 4).putInt(0x64, 0x1234ABCD).put(0x6C, (byte) 9).put(0x6D, (byte) 3);
        int root = 32 * 512 + 2 * 4096;
        image.put(root, (byte) 0x83).put(root + 1, (byte) 5);
        put(root + 2, "Stick", StandardCharsets.UTF_16LE);
    }

    @Test
    void ext4SaysItsIdAndLabel() throws IOException {
        ext4();

        assertThat(read()).contains(new Superblock("ext4", UUID, "Backup 2ü"));
    }

    @Test
    void ext2IsNoExt4() throws IOException {
        ext4();
        image.putInt(1024 + 0x5C, 0).putInt(1024 + 0x60, 0);

        assertThat(read().orElseThrow().fileSystem()).isEqualTo("ext2");
    }

    @Test
    void fatSaysItsSerialNumberAsUdevWritesIt() throws IOException {
        put(0x52, "FAT32   ", StandardCharsets.US_ASCII);
        put(0x47, "BACKUP     ", StandardCharsets.US_ASCII);
        image.putInt(0x43, 0x0A1B2C3D).putShort(0x1FE, (short) 0xAA55);

        assertThat(read()).contains(new Superblock("vfat", "0A1B-2C3D", "BACKUP"));
        put(0x47, "NO NAME    ", StandardCharsets.US_ASCII);
        assertThat(read().orElseThrow().label()).isEmpty();
    }

    @Test
    void exfatKeepsItsLabelInTheRootFolder() throws IOException {
        exfat();

        assertThat(read()).contains(new Superblock("exfat", "1234-ABCD", "Stick"));
    }

    @Test
    void ntfsKeepsItsLabelInAFileOfItsOwn() throws IOException {
        ntfs();

        assertThat(read()).contains(new Superblock("ntfs", "1122334455667788", "Fotos"));
    }

    @Test
    void btrfsXfsAndF2fsSayTheirs() throws IOException {
        put((1 << 16) + 0x40, "_BHRfS_M", StandardCharsets.US_ASCII);
        image.put((1 << 16) + 0x20, UUID_BYTES);
        put((1 << 16) + 0x12B, "pool", StandardCharsets.UTF_8);
        assertThat(read()).contains(new Superblock("btrfs", UUID, "pool"));

        put(0, "XFSB", StandardCharsets.US_ASCII);
        image.put(0x20, UUID_BYTES);
        put(0x6C, "twelve chars", StandardCharsets.UTF_8);
        assertThat(read()).contains(new Superblock("xfs", UUID, "twelve chars"));

        put(0, "none", StandardCharsets.US_ASCII);
        image.putInt(1024, 0xF2F52010).put(1024 + 0x6C, UUID_BYTES);
        put(1024 + 0x7C, "flash", StandardCharsets.UTF_16LE);
        assertThat(read()).contains(new Superblock("f2fs", UUID, "flash"));
    }

    @Test
    void aDiscIsKnownByWhenItWasWritten() throws IOException {
        put((1 << 15) + 1, "CD001", StandardCharsets.US_ASCII);
        put((1 << 15) + 40, "HOLIDAY 2024".concat(" ".repeat(20)), StandardCharsets.US_ASCII);
        put((1 << 15) + 830, "2024080912305599", StandardCharsets.US_ASCII);

        assertThat(read()).contains(new Superblock("iso9660", "2024-08-09-12-30-55-99", "HOLIDAY 2024"));
    }

    @Test
    void whatIsNoFilesystemIsNone() throws IOException {
        assertThat(read()).isEmpty();
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[] {1, 2, 3})).isEmpty();
    }

    @Test
    void damagedBlocksAreReadWithoutHarm() {
        long seed = System.nanoTime();
        System.out.println("SuperblockTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Arrays.fill(image.array(), (byte) 0);
            switch (i % 3) {
                case 0 -> ntfs();
                case 1 -> exfat();
                default -> ext4();
            }
            byte[] bytes = image.array().clone();
            for (int flips = 0; flips < 40; flips++) {
                bytes[random.nextInt(flips % 2 == 0 ? 512 : 1 << 15)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThatCode(() -> read(bytes)).doesNotThrowAnyException();
            assertThatCode(() -> read(cut)).doesNotThrowAnyException();
        }
    }
}
