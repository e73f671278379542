package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The open views of the live dots, told of every dot that comes and goes, and the sums behind their fingerprints.
/// Confined to the writer.
final class DotViews {

    private final LiveDots dots;
    private final List<DotView> open = new ArrayList<>();
    private @Nullable RangeSums sums;
    /// All names read afresh, and some of them, for the next time.
    private @Nullable FreshSum fresh;
    private @Nullable FreshSum going;

    DotViews(LiveDots dots) {
        this.dots = dots;
    }

    /// @param covered the vector, as whoever compares is to know it
    /// @param heads   the heads of that, where they are known
    DotView open(VersionVector covered, SortedMap<Author, Long> heads) {
        var view = new DotView(dots, this, covered, heads);
        open.add(view);
        return view;
    }

    void close(DotView view) {
        open.remove(view);
    }

    /// Something may have been undone that the views were told of.
    void forget() {
        sums = null;
        fresh = null;
        going = null;
        open.forEach(DotView::spoil);
        open.clear();
    }

    void added(UUID record, Dot dot) {
        if (sums != null) {
            sums.added(record, dot);
        }
        if (fresh != null) {
            fresh.added(record, dot);
        }
        if (going != null) {
            going.added(record, dot);
        }
        open.forEach(view -> view.added(record, dot));
        open.removeIf(DotView::isSpoilt);
    }

    void removed(UUID record, Dot dot) {
        if (sums != null) {
            sums.removed(record, dot);
        }
        if (fresh != null) {
            fresh.removed(record, dot);
        }
        if (going != null) {
            going.removed(record, dot);
        }
        open.forEach(view -> view.removed(record, dot));
        open.removeIf(DotView::isSpoilt);
    }

    /// The present sum of a range.
    Fingerprint sum(RecordRange range) {
        return sums().sum(range);
    }

    /// The present sum of everything.
    Fingerprint total() {
        return fresh != null ? fresh.sum() : sum(RecordRange.ALL);
    }

    /// Whether all names were read afresh once.
    boolean isSummed() {
        return fresh != null;
    }

    /// Reads some names afresh. Once all are read, sums that were kept and say something else are made anew.
    ///
    /// @return whether that were the last ones
    boolean sumAfresh(int names) {
        FreshSum next = going == null ? new FreshSum(dots) : going;
        going = next;
        next.goOn(names);
        if (next.isWhole()) {
            if (sums != null && !sums.sum(RecordRange.ALL).equals(next.sum())) {
                forget();
            }
            fresh = next;
            going = null;
        }
        return next.isWhole();
    }

    RangeSums sums() {
        RangeSums known = sums;
        if (known == null) {
            known = new RangeSums(dots);
            sums = known;
        }
        return known;
    }
}
