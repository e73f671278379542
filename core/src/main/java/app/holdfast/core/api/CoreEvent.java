package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.UUID;

/// A moment worth a toast. Never state: what is missed here can be asked for.
public sealed interface CoreEvent {

    /// Someone holds a ticket of ours and wants in; [Devices#answer] within a minute.
    record PairingAsked(DeviceId device, String name, String digits) implements CoreEvent {}

    record DeviceJoined(DeviceId device, String name) implements CoreEvent {}

    record DeviceOnline(DeviceId device, String name) implements CoreEvent {}

    record DeviceOffline(DeviceId device, String name) implements CoreEvent {}

    record ScanEnded(LocationId location, ScanProgress result) implements CoreEvent {}

    /// A drive of this device's is here.
    record DriveHere(VolumeId volume, String label) implements CoreEvent {}

    /// A drive that nobody tracks was plugged in; [Command.TrackVolume] tracks it.
    record DriveNew(Path mountPoint, String label) implements CoreEvent {}

    /// A drive of this device's is gone.
    record DriveGone(VolumeId volume, String label) implements CoreEvent {}

    /// Another device looks after the drive now.
    record DriveMoved(VolumeId volume, String label, DeviceId device, String deviceName) implements CoreEvent {}

    /// A drive that this device looks after no more, or never did, is mounted here; [Command.ClaimVolume] takes it.
    record DriveAsks(VolumeId volume, String label, DeviceId device, String deviceName) implements CoreEvent {}

    /// Two drives say that they are this volume.
    record DriveTwice(VolumeId volume, String label) implements CoreEvent {}

    /// A device's clock is too far ahead: its later changes wait (R8).
    record ClockAhead(DeviceId device, String name, long aheadMillis) implements CoreEvent {}

    /// Two running programs say that they are this device: its folder was copied (R7).
    record IdentityTwice(DeviceId device, String name) implements CoreEvent {}

    /// A member asks for what a vault of ours has and one of its lacks; [VaultExchanges#accept] with the vault, opened,
    /// or [VaultExchanges#refuse] within [VaultExchanges#ANSWER_MAX].
    ///
    /// @param vault what the file is called there, without its folder
    record VaultAsked(UUID exchange, DeviceId device, String name, String vault) implements CoreEvent {}

    /// A question about a vault is over, answered or not.
    record VaultAskedNoMore(UUID exchange) implements CoreEvent {}

    /// A member has taken from a vault what it asked for.
    ///
    /// @param records records and values; 0 when it lacked none
    record VaultGiven(UUID exchange, DeviceId device, String name, int records) implements CoreEvent {}
}
