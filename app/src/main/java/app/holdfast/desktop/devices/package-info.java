/// Devices: who shares the library, how they are reached, pairing with another one and forgetting one.
///
/// Knows no other screen. On the JavaFX thread; core asks for a confirmation on a thread of its own, which waits there
/// and nowhere else.
@NullMarked
package app.holdfast.desktop.devices;

import org.jspecify.annotations.NullMarked;
