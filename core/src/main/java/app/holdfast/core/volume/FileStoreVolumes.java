package app.holdfast.core.volume;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What Java alone tells, for systems without a mount table of Linux's: macOS and Windows.
final class FileStoreVolumes implements Volumes {

    @Override
    public MountedVolume volumeOf(Path path) throws IOException {
        FileStore store = Files.getFileStore(path);
        Path top = path.toAbsolutePath();
        for (Path up = top.getParent(); up != null && Files.getFileStore(up).equals(store); up = up.getParent()) {
            top = up;
        }
        return volume(top, store);
    }

    @Override
    public List<MountedVolume> mounted() throws IOException {
        var volumes = new ArrayList<MountedVolume>();
        for (Path root : FileSystems.getDefault().getRootDirectories()) {
            addIfThere(volumes, root);
        }
        // macOS mounts everything else here; the link that leads back to the root is left out
        Path macDrives = Path.of("/Volumes");
        if (Files.isDirectory(macDrives)) {
            try (var drives = Files.newDirectoryStream(macDrives, drive -> !Files.isSymbolicLink(drive))) {
                for (Path drive : drives) {
                    addIfThere(volumes, drive);
                }
            }
        }
        return volumes;
    }

    private static void addIfThere(List<MountedVolume> volumes, Path top) {
        try {
            volumes.add(volume(top, Files.getFileStore(top)));
        } catch (IOException e) {
            // a drive letter without a medium, or a drive that has just gone: it is not mounted
            return;
        }
    }

    private static MountedVolume volume(Path top, FileStore store) throws IOException {
        return new MountedVolume(top, Path.of("/"), store.type(), store.name(), label(top, store), serial(store),
                Math.max(0, store.getTotalSpace()), store.isReadOnly(), medium(store));
    }

    private static MountedVolume.Medium medium(FileStore store) throws IOException {
        return new MountedVolume.Medium(store.name() + ":" + serial(store), "", isRemovable(store),
                Math.max(0, store.getUsableSpace()));
    }

    /// Windows tells it.
    private static boolean isRemovable(FileStore store) throws IOException {
        try {
            return Boolean.TRUE.equals(store.getAttribute("volume:isRemovable"));
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static String label(Path top, FileStore store) {
        Path last = top.getFileName();
        return last == null ? store.name() : PathBytes.shown(last);
    }

    /// Windows' volume serial number; nothing elsewhere.
    private static String serial(FileStore store) throws IOException {
        try {
            Object serial = Objects.requireNonNullElse(store.getAttribute("volume:vsn"), 0);
            return serial instanceof Integer number && number != 0
                    ? String.format(Locale.ROOT, "%08x", number) : "";
        } catch (UnsupportedOperationException e) {
            return "";
        }
    }
}
