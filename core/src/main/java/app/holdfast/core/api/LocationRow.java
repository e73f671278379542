package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.Optional;

/// @param absolutePath where it is on this device; empty for a location of another device
/// @param online       whether its files can be reached now
/// @param entries      files and folders in it
/// @param kept         whether this device keeps the list of what is in it
/// @param watch        how soon this device sees what changes in it
public record LocationRow(LocationId id, String name, Optional<Path> absolutePath, DeviceId device, String deviceName,
        VolumeId volume, String volumeName, boolean online, State state, long entries, boolean kept,
        Watch watch) {

    /// FOREIGN: another device looks after it.
    public enum State { IDLE, SCANNING, OFFLINE, FOREIGN }

    /// LIVE: changes are seen at once. REREAD: the system watches no more folders, so it is read whole every ten
    /// minutes. NONE: nobody watches it here.
    public enum Watch { LIVE, REREAD, NONE }

    /// One that nobody watches here.
    public LocationRow(LocationId id, String name, Optional<Path> absolutePath, DeviceId device, String deviceName,
            VolumeId volume, String volumeName, boolean online, State state, long entries, boolean kept) {
        this(id, name, absolutePath, device, deviceName, volume, volumeName, online, state, entries, kept, Watch.NONE);
    }
}
