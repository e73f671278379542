/// Collections: making, renaming and deleting them, putting files in and taking them out; each with a way back.
///
/// Knows no other screen. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.collections;

import org.jspecify.annotations.NullMarked;
