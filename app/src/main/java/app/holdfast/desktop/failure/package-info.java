/// What a person is told when something fails.
///
/// The closed list of core's failures becomes words here and nowhere else; everything else is a bug and gets a code.
/// On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.failure;

import org.jspecify.annotations.NullMarked;
