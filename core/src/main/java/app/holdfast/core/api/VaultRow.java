package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VaultId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A vault's file, as it is told without its password. Nothing from its inside is known here.
///
/// @param device  the device that has the file, and alone writes of it
/// @param path    on that device, for people
/// @param here    the path on this device; empty when the file is another device's
/// @param missing there is no file any more where it was, as far as its device has seen
public record VaultRow(VaultId id, DeviceId device, String deviceName, String path, Optional<Path> here,
        boolean missing, Facts facts) {

    /// The last part of the path.
    public String name() {
        int cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(cut + 1);
    }

    /// @param version  of the snapshot: 2 or 3
    /// @param size     bytes
    /// @param changed  when the file was written last, by any program
    /// @param synced   when it was last merged with another device's; empty for never
    /// @param verified when all its records were last opened, and all did; empty for never
    public record Facts(int version, long size, Instant changed, Optional<Instant> synced,
            Optional<Instant> verified) {}
}
