package app.holdfast.core.library;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.index.MarkedDisk;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.store.CatalogueReader.StoredLocation;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.volume.MarkerFile;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where this device's locations are now. Any thread; asks the system, so never from the screen's or the writer's.
///
/// A volume that a person tracks is where its drive was found at the last look ([Drives]); any other is looked for by
/// its filesystem each time.
final class Whereabouts {

    private static final Logger LOG = LoggerFactory.getLogger(Whereabouts.class);

    /// A drive that has to wake up first takes some seconds.
    private static final long LOOK_SECONDS_MAX = 20;

    private final DeviceId self;
    private final Volumes volumes;
    private final Path own;
    private final Set<LocationId> gone = ConcurrentHashMap.newKeySet();
    private final AtomicReference<CompletableFuture<Attached>> attached =
            new AtomicReference<>(CompletableFuture.completedFuture(Attached.NOTHING));

    /// @param data the library's own folder
    static Whereabouts of(DeviceId self, Volumes volumes, Path data) {
        try {
            return new Whereabouts(self, volumes, data.toRealPath());
        } catch (IOException e) {
            return new Whereabouts(self, volumes, data.toAbsolutePath().normalize());
        }
    }

    private Whereabouts(DeviceId self, Volumes volumes, Path own) {
        this.self = self;
        this.volumes = volumes;
        this.own = own;
    }

    /// Whether the location lies on a volume of this device.
    boolean looksAfter(StoredLocation location) {
        return location.volume().owner().equals(self);
    }

    /// What the last look found, or the one that is under way will.
    void isAttached(CompletableFuture<Attached> found) {
        attached.set(found);
    }

    /// What the last look found; waits for the first. A drive that does not answer in time is not here.
    Attached attached() {
        try {
            return Objects.requireNonNull(attached.get()).get(LOOK_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Attached.NOTHING;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("mounted drives are not known cause={}", e.toString());
            return Attached.NOTHING;
        }
    }

    /// Looks for the folder of each location that this device looks after.
    ///
    /// @return the folders that their volumes lead to, whether anything is there or not
    Map<LocationId, Path> find(List<StoredLocation> locations) {
        Attached now = attached();
        Map<LocationId, Path> tops = new HashMap<>();
        for (StoredLocation location : locations) {
            if (looksAfter(location)) {
                top(location, now).ifPresent(path -> tops.put(location.id(), path));
            }
        }
        for (StoredLocation location : locations) {
            LocationId id = location.id();
            boolean isGone = looksAfter(location) && (!tops.containsKey(id) || !Files.isDirectory(tops.get(id)));
            if (isGone) {
                gone.add(id);
            } else {
                gone.remove(id);
            }
        }
        return tops;
    }

    private Optional<Path> top(StoredLocation location, Attached now) {
        if (location.volume().standing().tracking() != Tracking.NONE) {
            return now.locate(location.volume().id(), location.path());
        }
        if (location.volume().recognised().isEmpty()) {
            return Optional.empty();
        }
        try {
            return volumes.locate(location.volume().recognised().get(), location.path());
        } catch (IOException e) {
            LOG.warn("mounted volumes are not known cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    /// By what a volume's drive is seen to be there still; empty for one without a marker.
    Optional<MarkedDisk.Mark> mark(StoredVolume volume) {
        return volume.standing().tracking() != Tracking.MARKED ? Optional.empty()
                : attached().of(volume.id()).map(finding -> new MarkedDisk.Mark(MarkerFile.of(
                        finding.mount().mountPoint(), attached().library()), volume.id(), volume.standing().nonce()));
    }

    /// Where a volume is mounted now.
    Optional<Path> mountPoint(StoredVolume volume) {
        if (volume.standing().tracking() != Tracking.NONE) {
            return attached().of(volume.id()).map(finding -> finding.mount().mountPoint());
        }
        if (volume.recognised().isEmpty()) {
            return Optional.empty();
        }
        try {
            return volumes.mounted().stream().filter(mount -> mount.recognition().equals(volume.recognised().get()))
                    .findFirst().map(MountedVolume::mountPoint);
        } catch (IOException e) {
            LOG.warn("mounted volumes are not known cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Locations of this device whose folder was not there when it was last looked for.
    Set<LocationId> gone() {
        return Set.copyOf(gone);
    }

    /// The library's own folder, which no location may show (ADR 216).
    Path own() {
        return own;
    }

    Volumes volumes() {
        return volumes;
    }
}
