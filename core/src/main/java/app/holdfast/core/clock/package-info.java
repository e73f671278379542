/// Time and order: the hybrid logical clock, the source of wall-clock time, time-ordered identities.
///
/// [TimeSource] is the only way to the wall clock, [SystemTime] the only class that reads it, [RandomSource] the only
/// way to random bits (ADR 2). An [Author] is the incarnation that writes. Pure otherwise: a clock is confined to
/// whoever holds it (the library's writer), nothing here starts a thread.
@NullMarked
package app.holdfast.core.clock;

import org.jspecify.annotations.NullMarked;
