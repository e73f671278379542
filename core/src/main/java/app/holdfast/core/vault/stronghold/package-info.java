/// The bytes of a Stronghold snapshot within its age envelope: the compressed payload, its records and their seals, the
/// older envelope of version 2, and the memory in which what was opened is kept.
///
/// Pure: no files, no clock, no threads, no names of people's things. Whatever arrives is bounded before memory is
/// taken for it, and refused with the offset. Nothing here prints, logs or puts into an exception a byte that it
/// opened; arrays that held one are wiped (ADR 140). Any thread may call it; a [SecretMemory] may be closed by another.
@NullMarked
package app.holdfast.core.vault.stronghold;

import org.jspecify.annotations.NullMarked;
