/// The page of drives without a window.
@NullMarked
package app.holdfast.desktop.drives;

import org.jspecify.annotations.NullMarked;
