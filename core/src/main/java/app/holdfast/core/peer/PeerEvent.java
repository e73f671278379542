package app.holdfast.core.peer;

import app.holdfast.core.model.DeviceId;

/// Something that happened with a device, for those who ask later.
///
/// @param talk the conversation's name, the same on both sides; 0 for none
/// @param why  in English, for logs; may be empty
public record PeerEvent(DeviceId device, long talk, Kind kind, String why) {

    public enum Kind {
        LINKED,
        /// Closed in order, lost, or closed here.
        LOST,
        /// One side broke the rules, or could not go on.
        BROKEN,
        /// It does not let this device in.
        REFUSED,
        /// It is paused at the other side.
        PAUSED_THERE,
        /// Two running programs say that they are it.
        TWICE,
        /// The other side says that another running program is this device.
        TWICE_HERE
    }
}
