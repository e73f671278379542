/// A library and its network in memory, for tests of the screen: an honest little implementation of core's ports.
@NullMarked
package app.holdfast.desktop.memory;

import org.jspecify.annotations.NullMarked;
