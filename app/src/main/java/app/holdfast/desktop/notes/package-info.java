/// What a person notes about files: stars, that it is a favourite, a text, fields of their own; each with a way back.
///
/// Knows no other screen. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.notes;

import org.jspecify.annotations.NullMarked;
