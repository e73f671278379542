package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Something that happened between this device and others, for a person who asks why. The last thousand are kept.
///
/// @param id           counts up
/// @param device       with whom; empty for what concerns none
/// @param conversation in which; the same number on both devices, 0 for none
/// @param details      by name, such as `reason`; what they are is the kind's
public record SyncEvent(long id, Instant time, Level level, Kind kind, Optional<DeviceId> device, long conversation,
        Map<String, String> details) {

    public enum Level { INFO, WARNING, ERROR }

    /// What happened. Details in brackets.
    public enum Kind {
        /// There is a link.
        LINKED,
        /// The link ended, or was lost. [reason]
        LINK_LOST,
        /// A conversation ended because one side broke the rules or could not go on. [reason]
        BROKEN,
        /// The device does not let this one in.
        REFUSED,
        /// The other device has paused.
        PAUSED_THERE,
        /// Both have the same.
        UP_TO_DATE,
        /// Changes of the device wait, because its clock is ahead. [millis]
        QUARANTINED,
        /// States were compared because the log did not reach back.
        RECONCILED,
        /// Both cover the same and do not hold the same, or what is held of the device's rows is not what it signed, as
        /// something was damaged: it is compared and got again. [stream, when it is rows]
        DIFFERED,
        /// A stream holds what cannot be taken: it is not followed from there before it changes. [stream]
        STREAM_GIVEN_UP,
        /// This device began to get all of a library that it joined.
        BACKFILL_BEGUN,
        /// It has all.
        BACKFILL_ENDED,
        /// A field was changed on two devices that had not seen each other's; the later one was kept.
        /// [model, record, field]
        CONFLICT,
        /// A conflict was settled by the person. [model, record, field, taken]
        SETTLED,
        /// This library was restored or copied and writes under a new name.
        RENEWED,
        /// A device belongs to the library now.
        MEMBER_ADDED,
        /// A device does not belong to it any more.
        MEMBER_FORGOTTEN,
        /// Two running programs say that they are the device.
        TWICE,
        /// The person paused the device, or all.
        PAUSED,
        RESUMED,
        /// The person limited the device, or all. [bytesPerSecond, 0 for none]
        LIMITED,
        /// The library was repaired.
        REPAIRED,
        /// The device looks after a drive now. [label]
        DRIVE_MOVED,
        /// Two drives say that they are one volume. [label]
        DRIVE_TWICE
    }

    public SyncEvent {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
