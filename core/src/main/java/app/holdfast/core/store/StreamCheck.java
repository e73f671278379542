package app.holdfast.core.store;

import app.holdfast.core.change.RecordRange;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the rows that are held of others' streams anew, some a time, and compares them with what they hashed to when
/// they came, and in the end with what their owner signed (ADR 237). Writes nothing where all is right. Rows that come
/// or go meanwhile are no damage; a row that cannot be read is taken out (ADR 246).
/// Confined to the writer.
public final class StreamCheck {

    private static final Logger LOG = LoggerFactory.getLogger(StreamCheck.class);
    private static final Comparator<Holding> ORDER =
            Comparator.comparing(held -> held.claim().subject(), RecordRange.ORDER);

    private UUID subject = RecordRange.FIRST;
    private boolean isRead;
    /// Up to there the stream has been read.
    private Leaves.Stretch last = Leaves.Stretch.NONE;
    private boolean isOver;

    /// Reads on.
    ///
    /// @param stretches so many at most, of 512 rows at most each
    /// @return a stream whose rows are not its owner's, if that was found: it is not held any more, and is compared
    ///         with the next source
    public Optional<Holding> goOn(Transaction tx, int stretches) {
        Optional<Holding> next = tx.streams().all().stream()
                .filter(held -> !held.own() && held.servable() && isToBeRead(held)).min(ORDER);
        isOver = next.isEmpty();
        return next.filter(held -> isDamaged(tx, held, stretches));
    }

    /// Whether all streams have been read.
    public boolean isOver() {
        return isOver;
    }

    private boolean isToBeRead(Holding held) {
        int order = RecordRange.ORDER.compare(held.claim().subject(), subject);
        return order > 0 || order == 0 && !isRead;
    }

    private boolean isDamaged(Transaction tx, Holding held, int stretches) {
        if (!held.claim().subject().equals(subject)) {
            subject = held.claim().subject();
            last = Leaves.Stretch.NONE;
        }
        Leaves leaves = new Leaves(tx);
        List<Leaves.Stretch> some = leaves.hashed(subject, last, stretches);
        last = some.isEmpty() ? last : some.getLast();
        isRead = some.isEmpty();
        try {
            return some.isEmpty() ? isAnotherCut(tx, held, leaves, stretches) : areOthers(tx, leaves, some);
        } catch (RuntimeException e) { // whoever compares would fail as well, with everybody: it is passed over
            LOG.warn("rows of a stream cannot be read and were not checked stream={}", subject, e);
            return false;
        }
    }

    private boolean areOthers(Transaction tx, Leaves leaves, List<Leaves.Stretch> some) {
        isRead = !leaves.areAsHashed(subject, some);
        if (isRead) {
            tx.streams().forgetMark(subject);
        }
        return isRead;
    }

    private boolean isAnotherCut(Transaction tx, Holding held, Leaves leaves, int stretches) {
        isRead = leaves.refresh(subject, stretches);
        return isRead && tx.streams().cut(held).isEmpty();
    }
}
