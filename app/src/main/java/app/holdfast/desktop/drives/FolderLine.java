package app.holdfast.desktop.drives;

import app.holdfast.core.api.LocationRow;

/// A location as the page of drives shows it, below its drive.
///
/// @param place    its folder here, or the device that has it
/// @param state    how it stands, in words
/// @param fraction how much has been read, 0 to 1; negative when nothing is read or that is not known
/// @param gone     whether most of it was not there at the last look, which a person has to confirm
/// @param spoken   what a screen reader says
record FolderLine(LocationRow location, String place, String state, Scan scan, double fraction, boolean gone,
        String spoken) {

    /// What goes on in it.
    enum Scan { NONE, RUNNING, PAUSED }

    boolean own() {
        return location.absolutePath().isPresent();
    }
}
