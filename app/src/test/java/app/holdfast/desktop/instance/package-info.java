/// The socket over a real file system, and what strangers may throw at it.
@NullMarked
package app.holdfast.desktop.instance;

import org.jspecify.annotations.NullMarked;
