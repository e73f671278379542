/// A library, other devices and their answers, without a disk or a network: for tests of screens and commands.
@NullMarked
package app.holdfast.desktop.fake;

import org.jspecify.annotations.NullMarked;
