package app.holdfast.core.volume;

import app.holdfast.core.model.LibraryId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/// The marker of one library at the top of a mounted drive. Takes as long as the drive does.
///
/// The drive may be anybody's: a marker that is a link, a pipe or a folder is damaged, and none is opened.
public record MarkerFile(Path place) {

    private static final String NEW = "-new";

    public static MarkerFile of(Path mountPoint, LibraryId library) {
        return new MarkerFile(mountPoint.resolve(Marker.fileName(library)));
    }

    public Marker.Reading read() {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!file.isRegularFile() || file.size() > Marker.BYTES_MAX) {
                return Marker.Reading.none(Marker.Reading.State.DAMAGED);
            }
            try (InputStream in = Files.newInputStream(place, LinkOption.NOFOLLOW_LINKS)) {
                return Marker.Reading.of(Marker.decode(in.readNBytes(Marker.BYTES_MAX + 1)));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Marker.Reading.none(Marker.Reading.State.MISSING);
        } catch (MalformedMarker e) {
            return Marker.Reading.none(Marker.Reading.State.DAMAGED);
        } catch (IOException e) {
            return Marker.Reading.none(Marker.Reading.State.UNKNOWN);
        }
    }

    /// Writes the marker beside the old one, has the drive keep it, puts it in the old one's place and reads it back:
    /// whoever returns from here has the drive in its hands.
    ///
    /// @throws IOException when it cannot be written, or what is read is not what was written; the old one stays
    public void write(Marker marker) throws IOException {
        Path beside = place.resolveSibling(place.getFileName() + NEW);
        Files.deleteIfExists(beside);
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(marker.encode());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
        if (!read().equals(Marker.Reading.of(marker))) {
            throw new IOException("what is read from the drive is not what was written to it");
        }
    }

    /// Takes the marker away; nothing happens when there is none.
    public void delete() throws IOException {
        Files.deleteIfExists(place);
        forceFolder();
    }

    /// Not every system can; then the filesystem does it in its own time.
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(place.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            return;
        }
    }

    /// Whether a name at a drive's top is a marker's, of whatever library, or one that is being written.
    public static boolean isMarkerName(String name) {
        return name.matches("\\.holdfast-[0-9a-f]{12}(" + NEW + ")?");
    }
}
