/// The command line over a fake library, and with real processes.
@NullMarked
package app.holdfast.desktop.cli;

import org.jspecify.annotations.NullMarked;
