package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.clock.Author;
import java.util.LinkedHashSet;
import java.util.Set;

/// Names that this device has given twice (R7, its last clause). Its machine went back to an earlier state, with the
/// notes outside the library by which that is noticed, and what was written since then bears names that others know
/// for something else.
///
/// Whatever the device wrote under such names, before and after, is written afresh under another incarnation. Until the
/// peer's part is here too the device does not cover these names, so neither side takes the other's for removed:
/// ambiguous names are healed by union.
///
/// @param author the incarnation that gave names twice
/// @param since  up to there the peer is known to have had what is here
/// @param theirs how far the peer covers the incarnation
public record Fork(Author author, long since, long theirs) {

    /// Writes afresh what is here, and covers these names no longer.
    void leave(Transaction tx) {
        writeAfresh(tx);
        tx.dots().cover(author, since, 0);
        tx.forgetLog();
    }

    /// Writes afresh what is here of both, once the peer's part has come. To be asked in every turn until then.
    ///
    /// @return whether it is over
    public boolean heal(Transaction tx) {
        boolean isHere = tx.shared().vector().of(author) >= theirs && tx.staging().phase() == Staging.Phase.NONE;
        if (isHere) {
            writeAfresh(tx);
        }
        return isHere;
    }

    private void writeAfresh(Transaction tx) {
        Set<Reissue.Key> records = new LinkedHashSet<>();
        for (Dot dot : tx.dots().between(author, since, Long.MAX_VALUE)) {
            tx.dots().at(dot).filter(live -> !live.model().equals(Models.CLAIM)) // streams are claimed anew anyway
                    .ifPresent(live -> records.add(new Reissue.Key(live.model(), live.record())));
        }
        new Reissue(tx, stamp -> stamp.hlc().author().equals(author) && stamp.sequence() > since).write(records);
    }
}
