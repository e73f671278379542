/// The words of Holdfast in every language it speaks, with the stylesheet and the fonts beside them.
///
/// Holds no logic but the choice of a bundle. Of any thread.
@NullMarked
package app.holdfast.ui;

import org.jspecify.annotations.NullMarked;
