package app.holdfast.core.store;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import java.util.Set;

/// What is reachable at the moment, as the floors above know it.
///
/// @param self   this device
/// @param online other devices that are connected
/// @param gone   locations of this device whose folder cannot be reached now
public record Presence(DeviceId self, Set<DeviceId> online, Set<LocationId> gone) {

    public Presence {
        online = Set.copyOf(online);
        gone = Set.copyOf(gone);
    }

    /// @param away since when the owner misses the drive, 0 while it has it
    boolean reaches(DeviceId owner, LocationId location, long away) {
        return owner.equals(self) ? !gone.contains(location) : away == 0 && online.contains(owner);
    }
}
