package app.holdfast.core.volume;

import app.holdfast.core.volume.MountTable.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Linux's mounts: the kernel's table; ids and labels by udev's links, or from the filesystem itself where there is no
/// udev and the device may be read; hardware by [LinuxMedium].
final class LinuxVolumes implements Volumes {

    /// Windows into the kernel, which hold no files of a person's and have no end.
    private static final Set<String> SYSTEM_KINDS = Set.of("autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2",
            "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fuse.portal", "fusectl", "hugetlbfs", "mqueue",
            "nsfs", "proc", "pstore", "rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tracefs");

    /// A server that is gone would hold whoever asks for its space.
    private static final Set<String> NETWORK_KINDS = Set.of("9p", "afs", "ceph", "cifs", "fuse.sshfs", "nfs", "nfs4",
            "smb3");

    /// What the kernel says of any filesystem on a device that a program of its own reads, such as ntfs-3g.
    private static final String BEHIND_FUSE = "fuseblk";

    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");
    private static final Path NO_DEVICE = Path.of("");
    private static final Path KERNEL_TABLE = Path.of("/proc/self/mountinfo");

    private final Path table;
    private final Path diskLinks;
    private final LinuxMedium media;

    LinuxVolumes() {
        this(KERNEL_TABLE, Path.of("/dev/disk"), new LinuxMedium(Path.of("/sys/dev/block"), Path.of("/run/udev/data")));
    }

    /// @param table     a file as `/proc/self/mountinfo`
    /// @param diskLinks a folder as `/dev/disk`; need not be there
    /// @param media     what the system tells of hardware
    LinuxVolumes(Path table, Path diskLinks, LinuxMedium media) {
        this.table = table;
        this.diskLinks = diskLinks;
        this.media = media;
    }

    static boolean isHere() {
        return Files.isReadable(KERNEL_TABLE);
    }

    @Override
    public MountedVolume volumeOf(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(PathBytes.shown(path));
        }
        Mount mount = readTable().holding(path).filter(LinuxVolumes::holdsFiles)
                .orElseThrow(() -> new IOException("no filesystem for files is mounted at " + PathBytes.shown(path)));
        return volume(mount, links("by-uuid"), links("by-label"));
    }

    @Override
    public List<MountedVolume> mounted() throws IOException {
        List<Mount> visible = readTable().visible();
        Map<Path, String> uuids = links("by-uuid");
        Map<Path, String> labels = links("by-label");
        var volumes = new ArrayList<MountedVolume>();
        for (Mount mount : visible) {
            if (holdsFiles(mount)) {
                volumes.add(volume(mount, uuids, labels));
            }
        }
        return volumes;
    }

    private static boolean holdsFiles(Mount mount) {
        return !SYSTEM_KINDS.contains(mount.fileSystem());
    }

    private MountTable readTable() throws IOException {
        try (InputStream in = Files.newInputStream(table)) {
            return MountTable.parse(in.readNBytes(MountTable.TABLE_BYTES_MAX + 1));
        } catch (MalformedMountTable e) {
            throw new IOException(table + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Changes changes() throws IOException {
        return table.equals(KERNEL_TABLE) && MountPoll.isPossible() ? new MountPoll(table) : Volumes.super.changes();
    }

    private MountedVolume volume(Mount mount, Map<Path, String> uuids, Map<Path, String> labels) {
        Path device = device(mount.source());
        String uuid = uuids.getOrDefault(device, "");
        String label = labels.getOrDefault(device, "");
        String kind = mount.fileSystem().equals(BEHIND_FUSE) ? media.fileSystem(mount.device(), device)
                : mount.fileSystem();
        if ((uuid.isEmpty() || kind.isEmpty()) && !device.equals(NO_DEVICE)) {
            Optional<Superblock> own = superblock(device);
            uuid = uuid.isEmpty() ? own.map(Superblock::uuid).orElse("") : uuid;
            label = label.isEmpty() ? own.map(Superblock::label).orElse("") : label;
            kind = kind.isEmpty() ? own.map(Superblock::fileSystem).orElse("") : kind;
        }
        long[] space = NETWORK_KINDS.contains(mount.fileSystem()) ? new long[2] : space(mount.mountPoint());
        MountedVolume.Medium medium = media.of(mount.device(), device, space[1]);
        return new MountedVolume(mount.mountPoint(), mount.root(), kind.isEmpty() ? mount.fileSystem() : kind,
                mount.source(), label, uuid, space[0], mount.readOnly(), medium);
    }

    /// Only root, and who belongs to the group `disk`, may read a device.
    private static Optional<Superblock> superblock(Path device) {
        if (!Files.isReadable(device)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(device)) {
            return Superblock.read((offset, length) -> {
                ByteBuffer bytes = ByteBuffer.allocate(length);
                channel.position(offset);
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) { // until it is full, or at the end
                    continue;
                }
                return Arrays.copyOf(bytes.array(), bytes.position());
            });
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The device behind a name such as `/dev/mapper/home`, as udev's links lead to it.
    private static Path device(String source) {
        if (!source.startsWith("/dev/")) {
            return NO_DEVICE;
        }
        return PathBytes.below(Path.of("/"), source.getBytes(StandardCharsets.UTF_8))
                .map(LinuxVolumes::real).orElse(NO_DEVICE);
    }

    private static Path real(Path name) {
        try {
            return name.toRealPath();
        } catch (IOException e) {
            return name;
        }
    }

    /// All of it, and what is free.
    private static long[] space(Path mountPoint) {
        try {
            FileStore store = Files.getFileStore(mountPoint);
            return new long[] {Math.max(0, store.getTotalSpace()), Math.max(0, store.getUsableSpace())};
        } catch (IOException e) {
            return new long[2];
        }
    }

    /// udev's links of one kind: the device that each leads to, and its name. None without udev.
    private Map<Path, String> links(String kind) {
        var names = new HashMap<Path, String>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(diskLinks.resolve(kind))) {
            for (Path link : links) {
                names.put(real(link), unescape(PathBytes.ofName(link)));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return names;
        }
        return names;
    }

    /// udev writes what could not stand in a file name as `\xHH`, byte by byte.
    static String unescape(byte[] name) {
        String bytes = ESCAPE.matcher(new String(name, StandardCharsets.ISO_8859_1)).replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
        return PathBytes.shown(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
