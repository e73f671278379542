/// Locations: adding a folder, reading it again, taking it out of the library; which lists of other devices are kept
/// here.
///
/// Nothing here touches a file; core reads the disk. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.locations;

import org.jspecify.annotations.NullMarked;
