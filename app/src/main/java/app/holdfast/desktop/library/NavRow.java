package app.holdfast.desktop.library;

import app.holdfast.core.api.TagColor;
import java.util.Optional;

/// One line of the sidebar.
///
/// @param trailing a count, a progress word or when it was seen last; empty for nothing
/// @param spoken   what a screen reader says: name, state and place
/// @param color    of a tag
public record NavRow(Place place, Kind kind, String name, State state, String trailing, String spoken,
        Optional<TagColor> color) {

    public enum Kind { ALL_FILES, LOCATION, COLLECTION, TAG, ALL_TAGS, DEVICE, DRIVES, VAULTS, SYNC, SETTINGS }

    /// PLAIN needs no mark: only exceptions get one. A device that is ONLINE has a dot all the same.
    /// LOOK: a person should. LEFT_OUT: a location whose list is not kept on this device.
    public enum State { PLAIN, MOVING, AWAY, ONLINE, LOOK, LEFT_OUT }
}
