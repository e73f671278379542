package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// @param self       whether it is this device
/// @param lastSeen   when it was last connected; empty for never
/// @param via        how it is reached now; empty when it is not
/// @param addresses  where it was reached or said it could be, `host:port`
/// @param pendingOut changes and rows that it does not have yet, as far as known
/// @param pendingIn  changes and rows that it has and this device does not, as far as known
public record DeviceRow(DeviceId id, String name, boolean self, boolean online, Optional<Instant> lastSeen,
        Optional<Via> via, List<String> addresses, long pendingOut, long pendingIn) {

    public enum Via { DIRECT, RELAY }
}
