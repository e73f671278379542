/// The main window: sidebar, the browser of files with its inspector, status bar, and how one moves between places.
///
/// Stands on the rooms of all other pages and is known by none of them. All of it belongs to the JavaFX
/// thread; nothing here opens a file or waits for core.
@NullMarked
package app.holdfast.desktop.library;

import org.jspecify.annotations.NullMarked;
