package app.holdfast.core.volume;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Notices mounts by asking again and again, where the system does not tell. Confined to one thread.
final class PolledChanges implements Volumes.Changes {

    /// How long a mount may go unnoticed.
    static final int MILLIS = 2_000;

    private final Volumes volumes;
    private Set<String> before;
    private long askedNanos = System.nanoTime();

    PolledChanges(Volumes volumes) throws IOException {
        this.volumes = volumes;
        this.before = ask();
    }

    private Set<String> ask() throws IOException {
        var now = new HashSet<String>();
        for (MountedVolume volume : volumes.mounted()) {
            now.add(volume.recognition() + " " + PathBytes.shown(volume.mountPoint()) + " " + volume.readOnly());
        }
        return now;
    }

    @Override
    public boolean await(int millisMax) throws IOException, InterruptedException {
        long dueMillis = MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNanos);
        if (dueMillis > millisMax) {
            TimeUnit.MILLISECONDS.sleep(millisMax);
            return false;
        }
        TimeUnit.MILLISECONDS.sleep(Math.max(0, dueMillis));
        askedNanos = System.nanoTime();
        Set<String> now = ask();
        boolean changed = !now.equals(before);
        before = now;
        return changed;
    }

    @Override
    public void close() {
        before = Set.of();
    }
}
