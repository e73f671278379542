package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// @param device     the device that looks after it
/// @param mountPoint on this device; empty for a volume that is not mounted here
/// @param epoch      of the claim it stands on
/// @param totalBytes 0 when unknown
/// @param standing   what is known of it besides
public record VolumeRow(VolumeId id, String label, DeviceId device, String deviceName, boolean mounted,
        Optional<Path> mountPoint, long epoch, long totalBytes, Optional<String> fileSystem, Optional<String> fsUuid,
        Standing standing) {

    /// OK: mounted on this device, which looks after it. OFFLINE: no device has it now, as far as is known. FOREIGN:
    /// another device looks after it and has it, or it is mounted here and waits to be claimed. DUPLICATE: two drives
    /// say that they are it; nothing is done until a person says which is the copy.
    public enum State { OK, OFFLINE, DUPLICATE, FOREIGN }

    /// Somebody has a drive that may be a copy.
    public record Copy(DeviceId device, String deviceName, String label) {}

    /// @param lastSeen when its device last had it; empty while it has it
    /// @param note     where a person keeps it, in their words; empty for none
    /// @param mount    what the system says of it; empty when it is not mounted here
    /// @param unplugged whether its device misses it, so that somebody has to plug it in; a drive that is away with its
    ///                 device is not
    public record Standing(Tracking tracking, State state, Optional<Instant> lastSeen, String note,
            Optional<MountRow> mount, List<Copy> copies, boolean unplugged) {

        public Standing {
            copies = List.copyOf(copies);
        }
    }
}
