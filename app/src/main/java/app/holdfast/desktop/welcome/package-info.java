/// The first page, before there is a library, and the page that says why a library could not be opened.
///
/// Knows the rooms of devices and locations, for what a name and a folder may be. Gathers what is needed to begin;
/// beginning is the program's. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.welcome;

import org.jspecify.annotations.NullMarked;
