/// How a device that is no member yet is met: the texts by which devices find each other, iroh's endpoint ticket and
/// our invitation; what is said over a link for pairing, what both prove of the ticket, and which invitations are
/// alive.
///
/// It must never print the secret of an invitation except as the ticket itself, and wipes it when the invitation dies.
/// No I/O, no threads; pure but for [InvitationBook], which locks for a moment. Any thread may call it. Protocol:
/// `docs/protocol/transport.md`, section 5, and `docs/protocol/pairing.md`. Decision: ADR 23.
@NullMarked
package app.holdfast.core.transport.pairing;

import org.jspecify.annotations.NullMarked;
