/// The nouns: identities and the plain facts that every floor above speaks of.
///
/// Records and sealed families of them, immutable, of any thread. Never reads a clock, a file or a random number.
@NullMarked
package app.holdfast.core.model;

import org.jspecify.annotations.NullMarked;
