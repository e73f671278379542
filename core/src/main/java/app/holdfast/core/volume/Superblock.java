package app.holdfast.core.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a filesystem says of itself in its first blocks: its kind, id and label. Pure over a source of bytes; reads at
/// most 200 KB of it. Ids are written as `blkid` writes them.
///
/// @param uuid  empty when it has none
/// @param label empty when it has none
/// @see "Linux kernel documentation, filesystems; Microsoft, exFAT file system specification"
record Superblock(String fileSystem, String uuid, String label) {

    /// A device or an image, from its start.
    @FunctionalInterface
    interface Source {
        /// @return fewer bytes at the end, none beyond it
        byte[] read(long offset, int length) throws IOException;
    }

    private static final Charset LATIN = StandardCharsets.ISO_8859_1;
    private static final int BOOT_BYTES = 512;
    private static final int CLUSTER_BYTES_MAX = 1 << 16;
    private static final int RECORD_BYTES_MAX = 1 << 14;
    private static final int NTFS_VOLUME_RECORD = 3;
    private static final int NTFS_VOLUME_NAME = 0x60;
    private static final int NTFS_END = 0xFFFFFFFF;
    private static final int EXFAT_LABEL = 0x83;
    private static final int EXFAT_LABEL_CHARACTERS_MAX = 11;
    private static final long BTRFS_AT = 1 << 16;
    private static final long DISC_AT = 1 << 15;

    private interface Kind {
        Optional<Superblock> read(Source source) throws IOException;
    }

    private static final List<Kind> KINDS = List.of(Superblock::exfat, Superblock::ntfs, Superblock::xfs,
            Superblock::ext, Superblock::f2fs, Superblock::btrfs, Superblock::disc, Superblock::fat);

    /// @return empty when it is no filesystem that is known here
    static Optional<Superblock> read(Source source) throws IOException {
        for (Kind kind : KINDS) {
            Optional<Superblock> found = kind.read(source);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// A stretch of the source; zeros where it has none.
    private static ByteBuffer at(Source source, long offset, int length) throws IOException {
        byte[] bytes = source.read(offset, length);
        return ByteBuffer.wrap(Arrays.copyOf(bytes, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer block, int from, int length) {
        return Arrays.copyOfRange(block.array(), from, from + length);
    }

    private static boolean says(ByteBuffer block, int at, String magic) {
        return new String(bytes(block, at, magic.length()), LATIN).equals(magic);
    }

    /// Text that ends at the first NUL.
    private static String text(byte[] bytes, Charset charset) {
        String text = new String(bytes, charset);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    private static String uuid(byte[] id) {
        var text = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < id.length; i++) {
            text.append(i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "")
                    .append(String.format(Locale.ROOT, "%02x", id[i]));
            any |= id[i] != 0;
        }
        return any ? text.toString() : "";
    }

    private static String serial(int number) {
        return number == 0 ? "" : String.format(Locale.ROOT, "%04X-%04X", number >>> 16, number & 0xFFFF);
    }

    /// ext2, ext3 and ext4: the superblock is at 1,024.
    private static Optional<Superblock> ext(Source source) throws IOException {
        ByteBuffer block = at(source, 1024, 264);
        if ((block.getShort(0x38) & 0xFFFF) != 0xEF53) {
            return Optional.empty();
        }
        boolean journal = (block.getInt(0x5C) & 0x4) != 0;
        boolean extents = (block.getInt(0x60) & 0x40) != 0;
        String kind = extents ? "ext4" : journal ? "ext3" : "ext2";
        return Optional.of(new Superblock(kind, uuid(bytes(block, 0x68, 16)),
                text(bytes(block, 0x78, 16), StandardCharsets.UTF_8)));
    }

    private static Optional<Superblock> xfs(Source source) throws IOException {
        ByteBuffer block = at(source, 0, BOOT_BYTES);
        return !says(block, 0, "XFSB") ? Optional.empty() : Optional.of(new Superblock("xfs",
                uuid(bytes(block, 0x20, 16)), text(bytes(block, 0x6C, 12), StandardCharsets.UTF_8)));
    }

    private static Optional<Superblock> btrfs(Source source) throws IOException {
        ByteBuffer block = at(source, BTRFS_AT, 1024);
        return !says(block, 0x40, "_BHRfS_M") ? Optional.empty() : Optional.of(new Superblock("btrfs",
                uuid(bytes(block, 0x20, 16)), text(bytes(block, 0x12B, 256), StandardCharsets.UTF_8)));
    }

    private static Optional<Superblock> f2fs(Source source) throws IOException {
        ByteBuffer block = at(source, 1024, 1148);
        return block.getInt(0) != 0xF2F52010 ? Optional.empty() : Optional.of(new Superblock("f2fs",
                uuid(bytes(block, 0x6C, 16)), text(bytes(block, 0x7C, 1024), StandardCharsets.UTF_16LE)));
    }

    /// A disc's id is when it was written.
    private static Optional<Superblock> disc(Source source) throws IOException {
        ByteBuffer block = at(source, DISC_AT, 2048);
        if (!says(block, 1, "CD001")) {
            return Optional.empty();
        }
        String modified = new String(bytes(block, 830, 16), LATIN);
        String when = modified.matches("[0-9]{16}") && !modified.startsWith("0000") ? modified
                : new String(bytes(block, 813, 16), LATIN);
        String id = !when.matches("[0-9]{16}") ? "" : when.substring(0, 4) + "-" + when.substring(4, 6) + "-"
                + when.substring(6, 8) + "-" + when.substring(8, 10) + "-" + when.substring(10, 12) + "-"
                + when.substring(12, 14) + "-" + when.substring(14, 16);
        return Optional.of(new Superblock("iso9660", id, text(bytes(block, 40, 32), StandardCharsets.UTF_8)));
    }

    /// FAT12, FAT16 and FAT32. The label of the boot sector; the one in the root folder is the same on drives that
    /// were not renamed.
    private static Optional<Superblock> fat(Source source) throws IOException {
        ByteBuffer block = at(source, 0, BOOT_BYTES);
        boolean large = says(block, 0x52, "FAT32   ");
        boolean small = says(block, 0x36, "FAT12   ") || says(block, 0x36, "FAT16   ");
        if (!large && !small || (block.getShort(0x1FE) & 0xFFFF) != 0xAA55) {
            return Optional.empty();
        }
        String label = text(bytes(block, large ? 0x47 : 0x2B, 11), LATIN);
        return Optional.of(new Superblock("vfat", serial(block.getInt(large ? 0x43 : 0x27)),
                label.equals("NO NAME") ? "" : label));
    }

    private static Optional<Superblock> exfat(Source source) throws IOException {
        ByteBuffer block = at(source, 0, BOOT_BYTES);
        if (!says(block, 3, "EXFAT   ")) {
            return Optional.empty();
        }
        String label = "";
        int sectorShift = block.get(0x6C);
        int clusterShift = block.get(0x6D);
        long heap = block.getInt(0x58) & 0xFFFFFFFFL;
        long root = block.getInt(0x60) & 0xFFFFFFFFL;
        if (sectorShift >= 9 && sectorShift <= 12 && clusterShift >= 0 && sectorShift + clusterShift <= 25
                && root >= 2) {
            long place = (heap << sectorShift) + (root - 2 << sectorShift + clusterShift);
            ByteBuffer folder = at(source, place, Math.min(CLUSTER_BYTES_MAX, 1 << sectorShift + clusterShift));
            for (int entry = 0; entry + 32 <= folder.capacity() && folder.get(entry) != 0; entry += 32) {
                int characters = folder.get(entry + 1);
                if ((folder.get(entry) & 0xFF) == EXFAT_LABEL && characters >= 0
                        && characters <= EXFAT_LABEL_CHARACTERS_MAX) {
                    label = text(bytes(folder, entry + 2, 2 * characters), StandardCharsets.UTF_16LE);
                }
            }
        }
        return Optional.of(new Superblock("exfat", serial(block.getInt(0x64)), label));
    }

    /// The label is an attribute of the fourth record of the master file table.
    private static Optional<Superblock> ntfs(Source source) throws IOException {
        ByteBuffer block = at(source, 0, BOOT_BYTES);
        if (!says(block, 3, "NTFS    ")) {
            return Optional.empty();
        }
        long serial = block.getLong(0x48);
        String id = serial == 0 ? "" : String.format(Locale.ROOT, "%016X", serial);
        int sector = block.getShort(0x0B) & 0xFFFF;
        int perCluster = block.get(0x0D);
        long cluster = (long) sector * (perCluster < 0 ? 1L << Math.min(-perCluster, 31) : perCluster);
        int perRecord = block.get(0x40);
        long record = perRecord < 0 ? 1L << Math.min(-perRecord, 31) : cluster * perRecord;
        long table = block.getLong(0x30);
        boolean sane = cluster > 0 && record >= 64 && record <= RECORD_BYTES_MAX && table >= 0
                && table < Long.MAX_VALUE / 2 / cluster;
        return Optional.of(new Superblock("ntfs", id, !sane ? ""
                : ntfsLabel(at(source, table * cluster + NTFS_VOLUME_RECORD * record, (int) record))));
    }

    private static String ntfsLabel(ByteBuffer record) {
        if (!says(record, 0, "FILE")) {
            return "";
        }
        int at = record.getShort(0x14) & 0xFFFF;
        while (at + 24 <= record.capacity() && record.getInt(at) != NTFS_END) {
            int length = record.getInt(at + 4);
            if (length < 24 || length > record.capacity() - at) {
                return "";
            }
            if (record.getInt(at) == NTFS_VOLUME_NAME && record.get(at + 8) == 0) {
                int size = record.getInt(at + 0x10);
                int offset = record.getShort(at + 0x14) & 0xFFFF;
                return size < 0 || offset + (long) size > length ? ""
                        : text(bytes(record, at + offset, size), StandardCharsets.UTF_16LE);
            }
            at += length;
        }
        return "";
    }
}
