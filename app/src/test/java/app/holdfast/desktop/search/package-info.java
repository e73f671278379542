/// Searching without a window.
@NullMarked
package app.holdfast.desktop.search;

import org.jspecify.annotations.NullMarked;
