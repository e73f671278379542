/// The program: where it starts, and the windows it opens.
///
/// [Main] tells a command from the window, [HoldfastApplication] opens and closes a library for the window, [Windows]
/// wires the screens by hand on top of what core offers. Decides nothing about the library. Screens run on the JavaFX
/// thread; opening and closing a library runs on a thread of its own.
@NullMarked
package app.holdfast.desktop;

import org.jspecify.annotations.NullMarked;
