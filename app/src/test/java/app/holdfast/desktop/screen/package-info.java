/// The window under test: shown on JavaFX's headless platform, used by a robot, photographed.
@NullMarked
package app.holdfast.desktop.screen;

import org.jspecify.annotations.NullMarked;
