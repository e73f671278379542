/// Drives: which there are, whose they are and where, and everything one can do with them; what the window says of
/// files that lie on one that is away.
///
/// Nothing here asks a disk; core knows the drives. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.drives;

import org.jspecify.annotations.NullMarked;
