/// The conversation about changes: what to say, given what arrived. No socket, no thread, no clock of its own.
///
/// A `SyncSession` is confined to the library's writer, like the replica it speaks for; what it wants to send leaves
/// only once the transaction has committed. The bytes are `sync.wire`'s.
@NullMarked
package app.holdfast.core.sync;

import org.jspecify.annotations.NullMarked;
