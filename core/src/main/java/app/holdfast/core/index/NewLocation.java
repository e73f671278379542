package app.holdfast.core.index;

import app.holdfast.core.api.CoreException.BadFolder;
import app.holdfast.core.api.CoreException.BadFolder.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/// Whether a folder may become a location.
public final class NewLocation {

    private NewLocation() {
    }

    /// Looks at the disk.
    ///
    /// @param wanted as a person gave it
    /// @param taken  the tops of this device's locations, absolute and real
    /// @param own    the library's own folder, absolute and real
    /// @return the folder's one real path, without links
    public static Path accept(Path wanted, Collection<Path> taken, Path own) throws BadFolder {
        Path real;
        try {
            real = wanted.toRealPath();
        } catch (IOException e) {
            throw new BadFolder(wanted, Files.notExists(wanted) ? Reason.MISSING : Reason.UNREADABLE);
        }
        if (!Files.isDirectory(real)) {
            throw new BadFolder(wanted, Reason.NO_FOLDER);
        }
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            throw new BadFolder(wanted, Reason.UNREADABLE);
        }
        if (real.startsWith(own)) {
            throw new BadFolder(wanted, Reason.LIBRARY);
        }
        if (overlaps(real, taken)) {
            throw new BadFolder(wanted, Reason.OVERLAPS);
        }
        return real;
    }

    /// Whether a folder is one of these, or lies inside or around one. Pure; all paths absolute and real.
    public static boolean overlaps(Path folder, Collection<Path> taken) {
        return taken.stream().anyMatch(other -> folder.startsWith(other) || other.startsWith(folder));
    }
}
