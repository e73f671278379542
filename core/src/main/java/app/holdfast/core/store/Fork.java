package app.holdfast.core.store;

import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;

/// Names that this device has given twice, as far as one peer is concerned (R7, its last clause): see [Forks].
///
/// @param author      the incarnation that gave names twice
/// @param peer        to whom they may mean something else
/// @param since       up to there the peer is known to have had what is here
/// @param foundMillis when this peer showed it, 0 when another one did
/// @param pending     whether what the names mean to the peer is still to be fetched
/// @param fetched     how far the peer covered the author when that was fetched last, 0 when never
/// @param compared    whether the one running reconciliation fetches it
record Fork(Author author, DeviceId peer, long since, long foundMillis, boolean pending, long fetched,
        boolean compared) {

    /// One that is to be fetched.
    static Fork found(Author author, DeviceId peer, long since, long foundMillis) {
        return new Fork(author, peer, since, foundMillis, true, 0, false);
    }
}
