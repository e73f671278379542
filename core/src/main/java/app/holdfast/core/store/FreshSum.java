package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.RecordRange;
import java.util.Optional;
import java.util.UUID;

/// The fingerprint of all live dots, read from their table some names a time, while dots come and go; and kept up once
/// it is whole. What other sums have kept since the opening does not know what was damaged meanwhile. Confined to the
/// writer.
final class FreshSum {

    private final LiveDots dots;
    /// What is before this record is in the sum.
    private UUID from = RecordRange.FIRST;
    private boolean isWhole;
    private Fingerprint sum = Fingerprint.NONE;

    FreshSum(LiveDots dots) {
        this.dots = dots;
    }

    /// @param names how many to read, about; those of one record are read together
    void goOn(int names) {
        Optional<UUID> end = dots.recordAfter(from, names).filter(after -> RecordRange.ORDER.compare(after, from) > 0);
        dots.forEachName(new RecordRange(from, end), name -> sum = sum.plus(DotHash.of(name.record(), name.dot())));
        isWhole = end.isEmpty();
        from = end.orElse(from);
    }

    boolean isWhole() {
        return isWhole;
    }

    Fingerprint sum() {
        return sum;
    }

    void added(UUID record, Dot dot) {
        if (isRead(record)) {
            sum = sum.plus(DotHash.of(record, dot));
        }
    }

    void removed(UUID record, Dot dot) {
        if (isRead(record)) {
            sum = sum.minus(DotHash.of(record, dot));
        }
    }

    private boolean isRead(UUID record) {
        return isWhole || RecordRange.ORDER.compare(record, from) < 0;
    }
}
