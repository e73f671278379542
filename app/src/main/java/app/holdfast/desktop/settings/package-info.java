/// What a person may choose: the name of this device, language and colours, how fast is exchanged, when vaults lock
/// themselves; and where the library lies.
///
/// Language, colours and that time are the window's own and lie in a small file in the data directory; the rest is the
/// library's. Knows no other screen. On the JavaFX thread; the file is written on the background's.
@NullMarked
package app.holdfast.desktop.settings;

import org.jspecify.annotations.NullMarked;
