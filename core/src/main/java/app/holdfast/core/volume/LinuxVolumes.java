package app.holdfast.core.volume;

import app.holdfast.core.volume.MountTable.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Linux's mounts: the kernel's table, and udev's links for ids and labels where there is a udev.
final class LinuxVolumes implements Volumes {

    /// Windows into the kernel, which hold no files of a person's and have no end.
    private static final Set<String> SYSTEM_KINDS = Set.of("autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2",
            "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fuse.portal", "fusectl", "hugetlbfs", "mqueue",
            "nsfs", "proc", "pstore", "rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tracefs");

    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");
    private static final Path NO_DEVICE = Path.of("");
    private static final Path KERNEL_TABLE = Path.of("/proc/self/mountinfo");

    private final Path table;
    private final Path diskLinks;

    LinuxVolumes() {
        this(KERNEL_TABLE, Path.of("/dev/disk"));
    }

    /// @param table     a file as `/proc/self/mountinfo`
    /// @param diskLinks a folder as `/dev/disk`; need not be there
    LinuxVolumes(Path table, Path diskLinks) {
        this.table = table;
        this.diskLinks = diskLinks;
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

    private static MountedVolume volume(Mount mount, Map<Path, String> uuids, Map<Path, String> labels) {
        Path device = device(mount.source());
        return new MountedVolume(mount.mountPoint(), mount.root(), mount.fileSystem(), mount.source(),
                labels.getOrDefault(device, ""), uuids.getOrDefault(device, ""), totalBytes(mount.mountPoint()),
                mount.readOnly());
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

    private static long totalBytes(Path mountPoint) {
        try {
            return Files.getFileStore(mountPoint).getTotalSpace();
        } catch (IOException e) {
            return 0;
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
