/// The only room that knows kwik: connections over UDP, one conversation on each, proven keys instead of host names.
///
/// It must never let a socket's error end the program, a datagram of anybody's end a connection, pass a byte of a peer
/// on that was not admitted, or run a caller's code on one of kwik's threads, except the rule of admission.
///
/// Threads: any thread may call. What was accepted is handed over on a virtual thread of its own; a dialled
/// connection has a virtual thread that keeps it alive. kwik's platform threads end with the endpoint. Protocol:
/// `docs/protocol/transport.md` sections 1 to 3. Decisions: ADR 10 to 13.
@NullMarked
package app.holdfast.core.transport.quic;

import org.jspecify.annotations.NullMarked;
