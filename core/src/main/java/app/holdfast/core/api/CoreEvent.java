package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;

/// A moment worth a toast. Never state: what is missed here can be asked for.
public sealed interface CoreEvent {

    /// Someone holds a ticket of ours and wants in; [Devices#answer] within a minute.
    record PairingAsked(DeviceId device, String name, String digits) implements CoreEvent {}

    record DeviceJoined(DeviceId device, String name) implements CoreEvent {}

    record DeviceOnline(DeviceId device, String name) implements CoreEvent {}

    record DeviceOffline(DeviceId device, String name) implements CoreEvent {}

    record ScanEnded(LocationId location, ScanProgress result) implements CoreEvent {}

    /// A device's clock is too far ahead: its later changes wait (R8).
    record ClockAhead(DeviceId device, String name, long aheadMillis) implements CoreEvent {}

    /// Two running programs say that they are this device: its folder was copied (R7).
    record IdentityTwice(DeviceId device, String name) implements CoreEvent {}
}
