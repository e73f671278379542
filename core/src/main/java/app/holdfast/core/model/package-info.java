/// The nouns: identities and the plain facts that every floor above speaks of.
///
/// Records only, immutable, of any thread. Never reads a clock, a file or a random number.
@NullMarked
package app.holdfast.core.model;

import org.jspecify.annotations.NullMarked;
