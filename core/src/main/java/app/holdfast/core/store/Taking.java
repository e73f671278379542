package app.holdfast.core.store;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How rows that are offered meet those that are here (S2).
///
/// @param fresh    whether probably nothing of the stream is here yet
/// @param compared whether they are whole leaves that its owner signed, and not just what is new
/// @param asserted whether the owner has seen everything under its claim: then an older version may replace a newer one
/// @param forced   whether what was tried before has not led to what the owner signed: then nothing here is spared
/// @param seen     collects the rows that were offered
/// @param without  locations whose entries are not kept here
record Taking(boolean fresh, boolean compared, boolean asserted, boolean forced, Optional<SeenRows> seen,
        Set<UUID> without) {

    /// What is new in a stream that is held exactly.
    static Taking news(Set<UUID> without) {
        return new Taking(false, false, false, false, Optional.empty(), without);
    }

    /// Whether an offered row replaces the held one.
    ///
    /// @param offeredClaim key of the claim that the offered row stands on
    /// @param streamClaim  key of the claim that the stream stands on
    boolean replaces(long offeredClaim, long offeredSequence, RowReceiver.Held held, long streamClaim) {
        if (held.claim() == 0 || forced) {
            return true;
        }
        if (held.claim() != offeredClaim) {
            return held.claim() != streamClaim; // what stands on the stream's own claim is the newer
        }
        boolean newer = held.sequence() < offeredSequence;
        boolean same = held.sequence() == offeredSequence;
        return newer || compared && (same || asserted && offeredClaim != streamClaim);
    }
}
