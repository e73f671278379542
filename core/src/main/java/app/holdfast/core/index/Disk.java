package app.holdfast.core.index;

import app.holdfast.core.model.EntryKind;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The filesystem of a location, as a scan sees it. Safe for any thread; calls take as long as the disk does.
public interface Disk {

    /// A folder that was seen.
    ///
    /// @param identity equal for one folder of one filesystem as long as that is mounted, and for nothing else; null
    ///                 where the system tells none
    record Folder(Path path, @Nullable Object identity) {}

    /// Something that lies in a folder.
    ///
    /// @param name           as shown: bytes that are no UTF-8 appear as U+FFFD
    /// @param rawName        the bytes of the name when they are no UTF-8
    /// @param size           bytes; 0 for folders
    /// @param modifiedMillis since 1970-01-01T00:00Z
    /// @param node           one thing of this filesystem under any name, now and later; 0 where that cannot be told
    /// @param folder         set for a folder that belongs to the same filesystem and is seen by the same mount: what a
    ///                       scan goes on with
    record Child(String name, byte @Nullable [] rawName, EntryKind kind, long size, long modifiedMillis,
            long node, @Nullable Folder folder) {

        /// What is known by its name only.
        public Child(String name, byte @Nullable [] rawName, EntryKind kind, long size, long modifiedMillis,
                @Nullable Folder folder) {
            this(name, rawName, kind, size, modifiedMillis, 0, folder);
        }

        Child withoutNode() {
            return new Child(name, rawName, kind, size, modifiedMillis, folder);
        }
    }

    /// Told of a folder's children one by one.
    @FunctionalInterface
    interface Children {
        /// @return whether to go on
        /// @throws IOException when going on makes no sense; ends the listing with it
        boolean take(Child child) throws IOException;
    }

    /// Looks at a location's top.
    ///
    /// @param path absolute and real
    /// @throws IOException when nothing is there, it is no folder, or it may not be looked at
    Folder top(Path path) throws IOException;

    /// Looks at a folder below a location's top, without looking at those in between.
    ///
    /// @throws IOException when nothing is there, it is no folder, may not be looked at, or belongs to another
    ///                     filesystem than the top, which is mounted there or above, or to the same one that is
    ///                     mounted there once more
    default Folder below(Folder top, Path path) throws IOException {
        return top(path);
    }

    /// Reads a folder. Links in it are told as links and not followed.
    ///
    /// @return whether every child was told; false when one could not be looked at, or `children` had enough
    /// @throws IOException when the folder may not be read, is not there, or another has taken its place; some
    ///                     children may have been told already
    boolean list(Folder folder, Children children) throws IOException;
}
