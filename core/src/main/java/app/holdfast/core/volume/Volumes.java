package app.holdfast.core.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The filesystems of this machine. Safe for any thread.
public interface Volumes {

    /// @param path absolute and real: no symbolic link in it, something is there
    /// @return the filesystem that holds it
    /// @throws IOException when nothing is there, the system does not say, or what is there are no files but a window
    ///                     into the system, such as `/proc`
    MountedVolume volumeOf(Path path) throws IOException;

    /// All that can hold a person's files, in the order of their mounting; one filesystem may be mounted several
    /// times.
    List<MountedVolume> mounted() throws IOException;

    /// Finds a place again, wherever its filesystem is mounted now.
    ///
    /// @param recognition what [MountedVolume#recognition] said
    /// @param within      what [MountedVolume#within] said
    /// @return where it would be; whether anything is there is not looked at. Empty when the filesystem is not
    /// mounted
    default Optional<Path> locate(String recognition, byte[] within) throws IOException {
        for (MountedVolume volume : mounted()) {
            if (volume.recognition().equals(recognition)) {
                Optional<Path> place = volume.resolve(within);
                if (place.isPresent()) {
                    return place;
                }
            }
        }
        return Optional.empty();
    }

    /// Says when something was mounted or unmounted. For one thread.
    interface Changes extends AutoCloseable {

        /// Waits.
        ///
        /// @param millisMax how long at most
        /// @return whether something may have changed since the last call, or since this was made
        boolean await(int millisMax) throws IOException, InterruptedException;

        @Override
        void close();
    }

    /// Begins to watch. Unless the system tells at once, the list is asked for again every [PolledChanges#MILLIS].
    default Changes changes() throws IOException {
        return new PolledChanges(this);
    }

    /// What this machine's system can tell.
    static Volumes ofThisSystem() {
        return LinuxVolumes.isHere() ? new LinuxVolumes() : MacVolumes.isHere() ? new MacVolumes()
                : new FileStoreVolumes();
    }
}
