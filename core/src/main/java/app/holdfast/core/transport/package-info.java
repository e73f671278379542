/// Links between devices: who is at the other end is proven by its key, what travels is a sequence of frames whose
/// meaning this room does not know.
///
/// It must never let a byte of a peer through that was not admitted inside the handshake, never hold more of a peer's
/// bytes than the limits named here, and never end the program when a socket fails.
///
/// Threads: everything here may be called from any thread. A service is called on a virtual thread of its own, one
/// for each link. Protocol: `docs/protocol/transport.md`. Decisions: ADR 10 to 14.
@NullMarked
package app.holdfast.core.transport;

import org.jspecify.annotations.NullMarked;
