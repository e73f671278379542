/// What every screen is made of: the bridge from core to the JavaFX thread, the look, dialogs and toasts in the window,
/// and the small marks (dots, pills, icons) of the design language.
///
/// Knows no screen. Everything here belongs to the JavaFX thread, except where [Live] hands over to it.
@NullMarked
package app.holdfast.desktop.fx;

import org.jspecify.annotations.NullMarked;
