package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A field that was changed on two devices, neither of which had seen the other's change: the later one is kept, the
/// others are not lost.
///
/// @param about  which field of which record
/// @param title  what the record is called; empty when it has no name
/// @param kept   the value that all devices show
/// @param others the values that lost, newest first
public record SyncConflict(Field about, String title, Version kept, List<Version> others) {

    /// @param model  such as `tag`
    /// @param record the record's id
    /// @param name   the field's, such as `color`
    public record Field(String model, UUID record, String name) {}

    /// @param id         names this version; made of its stamp
    /// @param value      in a form for people; empty for a value that was cleared
    /// @param deviceName the device that wrote it; empty when that is not known any more
    public record Version(String id, String value, Optional<DeviceId> device, Optional<String> deviceName,
            Instant time) {}

    public SyncConflict {
        others = List.copyOf(others);
    }
}
