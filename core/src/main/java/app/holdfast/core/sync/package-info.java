/// The conversation about changes: what to say, given what arrived. No socket, no thread, no clock of its own.
///
/// A [SyncSession] is confined to the library's writer, like the replica it speaks for; what it wants to send leaves
/// only once the transaction has committed. [Reconciliation] asks, by a [Comparison], and [Answering] answers where the
/// log does not reach back; whose turn that is [ComparingSlot] says. [Checking] asks whether both hold the same, also
/// unasked ([SelfChecks]), and [Refilling] gets what was damaged here. [Following] and [Serving] are the two sides of
/// streams of owned rows; [Met] and [PeerStreams] are what the peer has said of them. [Doubts] looks whether both were
/// told the same, and [SyncDesk] is what all sessions of a library share. The bytes are `sync.wire`'s.
/// `docs/protocol/sync.md`.
@NullMarked
package app.holdfast.core.sync;

import org.jspecify.annotations.NullMarked;
