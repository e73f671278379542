/// The exchange of a vault's records between two devices: what to say, given what arrived, and what may be believed of
/// it. No I/O, no threads, no files: the room above moves the messages over a link.
///
/// One exchange goes one way and has two conversations: an offer, which carries shapes, and a delivery, which carries
/// what a plan lacks and may be broken off and gone on with. Bytes from outside are read in [ExchangeMessage] and
/// [Unpacking], both with limits; what they unpack, the outline, the wish and the payload, is read in `vault`
/// (`docs/protocol/vaults.md`, ADR 150 to 152).
@NullMarked
package app.holdfast.core.exchange;

import org.jspecify.annotations.NullMarked;
