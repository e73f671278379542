/// The small part of CBOR that this program writes: whole numbers, one width of float, bytes, text, arrays, UUIDs,
/// true, false and nothing, each in exactly one form (RFC 8949 section 4.2.1).
///
/// A leaf: it knows no noun of the house. The reader refuses every second way to write the same thing, allocates
/// nothing that the bytes at hand do not pay for, and throws only [CborException]. Values are confined to the thread
/// that made them. Why not a library: ADR 20.
@NullMarked
package app.holdfast.core.change.cbor;

import org.jspecify.annotations.NullMarked;
