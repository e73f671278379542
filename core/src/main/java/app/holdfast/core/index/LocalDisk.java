package app.holdfast.core.index;

import app.holdfast.core.model.EntryKind;
import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The filesystems of this machine, by plain Java.
///
/// On Unix a folder is held open while it is read: its children are asked for by name in it, and it is the folder that
/// its parent named or it is not read, whatever has been renamed, linked or mounted in between. A path longer than the
/// system takes in one call (4,096 bytes on Linux) is walked to step by step.
public final class LocalDisk implements Disk {

    /// Paths of more characters than this are walked to. A character takes at most three bytes of the 4,096.
    private static final int PATH_CHARACTERS_MAX = 1_300;
    private static final int DECIMAL = 10;
    private static final LinkOption ITSELF = LinkOption.NOFOLLOW_LINKS;

    @Override
    public Folder top(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, ITSELF);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(PathBytes.shown(path));
        }
        return new Folder(path, attributes.fileKey());
    }

    @Override
    public Folder below(Folder top, Path path) throws IOException {
        Folder found = top(path);
        if (!deviceOf(found.identity()).equals(deviceOf(top.identity()))) {
            throw new NoSuchFileException(PathBytes.shown(path), null, "another filesystem is mounted there");
        }
        return found;
    }

    @Override
    public boolean list(Folder folder, Children children) throws IOException {
        try (DirectoryStream<Path> stream = open(folder.path())) {
            return stream instanceof SecureDirectoryStream<Path> held ? listHeld(folder, held, children)
                    : listByPath(folder, stream, children);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static DirectoryStream<Path> open(Path path) throws IOException {
        Path parent = path.getParent();
        if (path.toString().length() <= PATH_CHARACTERS_MAX || parent == null) {
            return Files.newDirectoryStream(path);
        }
        DirectoryStream<Path> above = open(parent);
        if (!(above instanceof SecureDirectoryStream<Path> held)) {
            above.close();
            return Files.newDirectoryStream(path);
        }
        try (held) {
            return held.newDirectoryStream(path.getFileName(), ITSELF);
        }
    }

    private static boolean listHeld(Folder folder, SecureDirectoryStream<Path> held, Children children)
            throws IOException {
        Object identity = held.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
        if (folder.identity() != null && !folder.identity().equals(identity)) {
            throw new NoSuchFileException(PathBytes.shown(folder.path()), null, "another folder has taken its place");
        }
        return listAll(held, children, deviceOf(identity), child -> held
                .getFileAttributeView(child.getFileName(), BasicFileAttributeView.class, ITSELF).readAttributes());
    }

    private static boolean listByPath(Folder folder, DirectoryStream<Path> stream, Children children)
            throws IOException {
        return listAll(stream, children, deviceOf(folder.identity()),
                child -> Files.readAttributes(child, BasicFileAttributes.class, ITSELF));
    }

    @FunctionalInterface
    private interface Look {
        BasicFileAttributes at(Path child) throws IOException;
    }

    private static boolean listAll(DirectoryStream<Path> stream, Children children, String device, Look look)
            throws IOException {
        boolean all = true;
        for (Path path : stream) {
            BasicFileAttributes attributes;
            try {
                attributes = look.at(path);
            } catch (NoSuchFileException e) {
                continue; // removed since the folder was read
            } catch (IOException e) {
                all = false;
                continue;
            }
            if (!children.take(child(path, attributes, device))) {
                return false;
            }
        }
        return all;
    }

    private static Child child(Path path, BasicFileAttributes attributes, String device) {
        EntryKind kind = kind(attributes);
        Optional<String> text = PathBytes.nameText(path);
        byte[] raw = text.isPresent() ? null : PathBytes.ofName(path);
        boolean entered = kind == EntryKind.DIRECTORY && deviceOf(attributes.fileKey()).equals(device);
        return new Child(raw == null ? text.orElseThrow() : PathBytes.shown(raw), raw, kind,
                kind == EntryKind.DIRECTORY ? 0 : attributes.size(), attributes.lastModifiedTime().toMillis(),
                node(attributes), entered ? new Folder(path, attributes.fileKey()) : null);
    }

    /// Inode and time of making together: an inode alone is given to the next file when one is deleted. Where a
    /// filesystem knows no such time, Java gives that of the last change, and a file that is changed and moved between
    /// two scans is another one.
    private static long node(BasicFileAttributes attributes) {
        String key = attributes.fileKey() == null ? "" : attributes.fileKey().toString();
        int inode = key.indexOf("ino=");
        if (inode < 0) {
            return 0;
        }
        long number = Long.parseLong(key, inode + "ino=".length(), key.length() - 1, DECIMAL);
        return Node.of(number, attributes.creationTime().to(TimeUnit.NANOSECONDS));
    }

    private static EntryKind kind(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return EntryKind.FILE;
        }
        if (attributes.isDirectory()) {
            return EntryKind.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? EntryKind.SYMLINK : EntryKind.OTHER;
    }

    /// The filesystem's part of a file key, which on Unix reads `(dev=fe00,ino=2146723)`; empty where there is none,
    /// and so the same everywhere.
    private static String deviceOf(@Nullable Object fileKey) {
        String text = fileKey == null ? "" : fileKey.toString();
        int comma = text.indexOf(',');
        return comma < 0 ? "" : text.substring(0, comma);
    }
}
