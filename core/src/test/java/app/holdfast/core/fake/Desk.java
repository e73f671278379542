package app.holdfast.core.fake;

import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Volumes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One of several computers that share this machine: it sees only the filesystems that are mounted on its own desk.
///
/// @param top real; what is mounted below it is plugged into this computer
public record Desk(Path top, Volumes machine) implements Volumes {

    public Desk(Path top) {
        this(top, Volumes.ofThisSystem());
    }

    @Override
    public MountedVolume volumeOf(Path path) throws IOException {
        return machine.volumeOf(path);
    }

    @Override
    public List<MountedVolume> mounted() throws IOException {
        return machine.mounted().stream().filter(volume -> volume.mountPoint().startsWith(top)).toList();
    }

    @Override
    public Changes changes() throws IOException {
        return machine.changes();
    }
}
