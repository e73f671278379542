/// The program: where it starts, and the windows it opens.
///
/// Wires the screen by hand on top of what core offers; decides nothing about the library. Screens run on the JavaFX
/// thread; opening and closing a library runs on a thread of its own.
@NullMarked
package app.holdfast.desktop;

import org.jspecify.annotations.NullMarked;
