/// The roof of the core: imports every floor and is imported by none of them. Starts, opens, stops.
@NullMarked
package app.holdfast.core;

import org.jspecify.annotations.NullMarked;
