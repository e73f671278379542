package app.holdfast.core.volume;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// One filesystem where it is mounted now.
///
/// @param mountPoint absolute
/// @param root       which folder of the filesystem is seen there; `/` but for subvolumes and bind mounts
/// @param fileSystem its kind, such as `ext4`
/// @param source     what is mounted: a device, a share, or a word of the system's
/// @param label      the name its owner gave it; empty when it has none or it cannot be told
/// @param fsUuid     the filesystem's own id, as the system writes it; empty when it cannot be told
/// @param totalBytes 0 when it cannot be told
/// @param medium     what it lies on
public record MountedVolume(Path mountPoint, Path root, String fileSystem, String source, String label,
        String fsUuid, long totalBytes, boolean readOnly, Medium medium) {

    /// What a filesystem lies on, as far as the system tells.
    ///
    /// @param device    the same for all mounts of one filesystem, and for nothing else that is mounted
    /// @param serial    of the hardware; empty when it cannot be told
    /// @param removable whether it is made to be taken away
    /// @param freeBytes what this user may still write; 0 when it cannot be told
    public record Medium(String device, String serial, boolean removable, long freeBytes) {}

    /// By what the same filesystem is known again on this device: its own id, or else what is mounted where, and how
    /// large it is.
    public String recognition() {
        return fsUuid.isEmpty() ? "mount:" + source + ":" + totalBytes + ":" + PathBytes.shown(mountPoint)
                : "fs-uuid:" + fsUuid;
    }

    /// Whether it lies on a drive of this device's, and not on another computer or in memory.
    public boolean isDrive() {
        return source.startsWith("/dev/") || !medium.serial().isEmpty() || medium.removable();
    }

    /// A name to show: the label, else the mount point's last name, else the source.
    public String shownName() {
        if (!label.isEmpty()) {
            return label;
        }
        Path last = mountPoint.getFileName();
        return last == null ? source : PathBytes.shown(last);
    }

    /// The place of a path on this filesystem, from the filesystem's top: names separated by `/`, none at either end.
    ///
    /// @param path absolute, at or below the mount point
    /// @throws IllegalArgumentException when it is not
    public byte[] within(Path path) {
        if (!path.startsWith(mountPoint)) {
            throw new IllegalArgumentException("outside of the volume: " + path);
        }
        var place = new ByteArrayOutputStream();
        appendNames(place, root, 0);
        appendNames(place, path, mountPoint.getNameCount());
        return place.toByteArray();
    }

    private static void appendNames(ByteArrayOutputStream place, Path path, int from) {
        for (int i = from; i < path.getNameCount(); i++) {
            if (place.size() > 0) {
                place.write('/');
            }
            place.writeBytes(PathBytes.ofName(path.getName(i)));
        }
    }

    /// The other way round.
    ///
    /// @return empty when the place is not seen from this mount point, or is no path that leads downwards
    public Optional<Path> resolve(byte[] within) {
        var seen = new ByteArrayOutputStream();
        appendNames(seen, root, 0);
        byte[] top = seen.toByteArray();
        if (within.length < top.length || !Arrays.equals(within, 0, top.length, top, 0, top.length)) {
            return Optional.empty();
        }
        int start = top.length;
        if (start > 0 && within.length > start && within[start] != '/') {
            return Optional.empty();
        }
        return PathBytes.below(mountPoint, Arrays.copyOfRange(within, start, within.length));
    }
}
