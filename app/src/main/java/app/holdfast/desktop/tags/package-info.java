/// Tags: making, naming, colouring, nesting and deleting them, and putting them on files.
///
/// Knows no other screen: what is tagged is handed in. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.tags;

import org.jspecify.annotations.NullMarked;
