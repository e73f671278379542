/// The text forms by which devices find each other: iroh's endpoint ticket and our invitation.
///
/// It must never print the secret of an invitation except as the ticket itself. Pure; any thread may call it.
/// Protocol: `docs/protocol/transport.md`, section 5.
@NullMarked
package app.holdfast.core.transport.pairing;

import org.jspecify.annotations.NullMarked;
