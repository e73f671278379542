/// Drives: which there are, whose they are and where, each with its locations, and everything one can do with them;
/// what the window says of a drive that comes or goes, and of files that lie on one that is away.
///
/// Knows the room of locations and no other screen. Nothing here asks a disk; core knows the drives. On the JavaFX
/// thread.
@NullMarked
package app.holdfast.desktop.drives;

import org.jspecify.annotations.NullMarked;
