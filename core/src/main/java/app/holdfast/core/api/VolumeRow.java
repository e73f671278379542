package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.Optional;

/// @param mountPoint on this device; empty for a volume that is not mounted here
/// @param epoch      of the claim it stands on
/// @param totalBytes 0 when unknown
public record VolumeRow(VolumeId id, String label, DeviceId device, String deviceName, boolean mounted,
        Optional<Path> mountPoint, long epoch, long totalBytes, Optional<String> fileSystem, Optional<String> fsUuid) {}
