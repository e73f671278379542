package app.holdfast.core.index;

import app.holdfast.core.model.VolumeId;
import app.holdfast.core.volume.Marker;
import app.holdfast.core.volume.MarkerFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A drive that carries a marker: there only as long as that is. Whatever else is mounted in its place, and the empty
/// folder that an unmounted drive leaves, is not the drive, and nothing is missing there (S8). Markers themselves are
/// not told of: they are written again and again.
///
/// @param mark where the marker is and which volume it names; empty for a drive without
public record MarkedDisk(Disk disk, Optional<Mark> mark) implements Disk {

    private static final String MARKER_BEGINS = ".holdfast-";

    /// @param nonce of the marker as it was last written
    public record Mark(MarkerFile file, VolumeId volume, long nonce) {

        public boolean isThere() {
            return file.read().marker().filter(this::isSame).isPresent();
        }

        private boolean isSame(Marker found) {
            return found.volume().equals(volume) && found.nonce() == nonce;
        }
    }

    @Override
    public Folder top(Path path) throws IOException {
        if (mark.isPresent() && !mark.get().isThere()) {
            throw new NoSuchFileException(path.toString(), null, "the drive is not there");
        }
        return disk.top(path);
    }

    @Override
    public Folder below(Folder top, Path path) throws IOException {
        return disk.below(top, path);
    }

    @Override
    public boolean list(Folder folder, Children children) throws IOException {
        return disk.list(folder, child -> child.name().startsWith(MARKER_BEGINS)
                && MarkerFile.isMarkerName(child.name()) || children.take(child));
    }
}
