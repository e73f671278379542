package app.holdfast.core.library;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.store.CatalogueReader.StoredLocation;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where this device's locations are now. Any thread; asks the system, so never from the screen's or the writer's.
final class Whereabouts {

    private static final Logger LOG = LoggerFactory.getLogger(Whereabouts.class);

    private final DeviceId self;
    private final Volumes volumes;
    private final AtomicReference<Set<LocationId>> gone = new AtomicReference<>(Set.of());

    Whereabouts(DeviceId self, Volumes volumes) {
        this.self = self;
        this.volumes = volumes;
    }

    /// Whether the location lies on a volume of this device.
    boolean looksAfter(StoredLocation location) {
        return location.volume().owner().equals(self);
    }

    /// Looks for the folder of each location that this device looks after.
    ///
    /// @return the folders that their volumes lead to, whether anything is there or not
    Map<LocationId, Path> find(List<StoredLocation> locations) {
        Map<LocationId, Path> tops = new HashMap<>();
        for (StoredLocation location : locations) {
            if (looksAfter(location)) {
                top(location).ifPresent(path -> tops.put(location.id(), path));
            }
        }
        gone.set(locations.stream().filter(this::looksAfter)
                .map(StoredLocation::id)
                .filter(id -> !tops.containsKey(id) || !Files.isDirectory(tops.get(id)))
                .collect(Collectors.toUnmodifiableSet()));
        return tops;
    }

    private Optional<Path> top(StoredLocation location) {
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

    /// Where a volume is mounted now.
    Optional<Path> mountPoint(String recognised) {
        try {
            return volumes.mounted().stream().filter(volume -> volume.recognition().equals(recognised)).findFirst()
                    .map(MountedVolume::mountPoint);
        } catch (IOException e) {
            LOG.warn("mounted volumes are not known cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Locations of this device whose folder was not there when it was last looked for.
    Set<LocationId> gone() {
        return Objects.requireNonNull(gone.get());
    }

    Volumes volumes() {
        return volumes;
    }
}
