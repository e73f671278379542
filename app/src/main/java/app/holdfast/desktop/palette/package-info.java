/// The command palette: everything that can be done, gone to or found, by typing a part of its name.
///
/// Knows no other screen; what there is to do and where one can go is told to it. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.palette;

import org.jspecify.annotations.NullMarked;
