package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.RecordRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Sums over the live dots by intervals of records, so that the fingerprint of a long range costs the scan of its two
/// ends. Made by one scan when it is first needed and kept up from then on; confined to the writer.
final class RangeSums {

    private static final int DOTS_PER_INTERVAL = 256;
    private static final int DOTS_PER_INTERVAL_MAX = 1_024;

    private final LiveDots dots;
    /// By the first record of each; the first starts at [RecordRange#FIRST].
    private final TreeMap<UUID, Fingerprint> intervals = new TreeMap<>(RecordRange.ORDER);

    RangeSums(LiveDots dots) {
        this.dots = dots;
        cut(RecordRange.ALL);
    }

    /// Cuts a range, which starts where an interval starts, into new intervals.
    private void cut(RecordRange range) {
        var scan = new Scan(range.from());
        dots.forEachName(range, scan::take);
        intervals.put(scan.from, scan.sum);
    }

    private final class Scan {
        private UUID from;
        private UUID last;
        private Fingerprint sum = Fingerprint.NONE;

        private Scan(UUID from) {
            this.from = from;
            this.last = from;
        }

        private void take(LiveDots.Named name) {
            if (sum.count() >= DOTS_PER_INTERVAL && !name.record().equals(last)) { // a record's dots stay together
                intervals.put(from, sum);
                from = name.record();
                sum = Fingerprint.NONE;
            }
            last = name.record();
            sum = sum.plus(DotHash.of(name.record(), name.dot()));
        }
    }

    void added(UUID record, Dot dot) {
        UUID from = intervals.floorKey(record);
        Fingerprint sum = of(from).plus(DotHash.of(record, dot));
        intervals.put(from, sum);
        if (sum.count() > DOTS_PER_INTERVAL_MAX) {
            cut(new RecordRange(from, Optional.ofNullable(intervals.higherKey(from))));
        }
    }

    void removed(UUID record, Dot dot) {
        UUID from = intervals.floorKey(record);
        intervals.put(from, of(from).minus(DotHash.of(record, dot)));
    }

    private Fingerprint of(UUID from) {
        return Objects.requireNonNull(intervals.get(from));
    }

    Fingerprint sum(RecordRange range) {
        Fingerprint sum = Fingerprint.NONE;
        UUID from = intervals.floorKey(range.from());
        while (from != null && (range.to().isEmpty() || RecordRange.ORDER.compare(from, range.to().get()) < 0)) {
            Optional<UUID> to = Optional.ofNullable(intervals.higherKey(from));
            RecordRange common = common(new RecordRange(from, to), range);
            sum = sum.plus(common.from().equals(from) && common.to().equals(to) ? of(from) : scan(common));
            from = to.orElse(null);
        }
        return sum;
    }

    private static RecordRange common(RecordRange one, RecordRange other) {
        UUID from = RecordRange.ORDER.compare(one.from(), other.from()) > 0 ? one.from() : other.from();
        Optional<UUID> to = one.to().isEmpty() ? other.to()
                : other.to().isEmpty() || RecordRange.ORDER.compare(one.to().get(), other.to().get()) < 0 ? one.to()
                : other.to();
        return new RecordRange(from, to);
    }

    private Fingerprint scan(RecordRange range) {
        var sum = new Fingerprint[] {Fingerprint.NONE};
        dots.forEachName(range, name -> sum[0] = sum[0].plus(DotHash.of(name.record(), name.dot())));
        return sum[0];
    }

    /// Bounds that cut a range into at most so many parts of about the same size; without the range's own.
    List<UUID> bounds(RecordRange range, int parts) {
        List<UUID> inner = new ArrayList<>(range.to().isEmpty() ? intervals.tailMap(range.from(), false).keySet()
                : intervals.subMap(range.from(), false, range.to().get(), false).keySet());
        if (inner.size() < parts) {
            inner.clear();
            dots.forEachName(range, name -> {
                if (inner.isEmpty() ? !name.record().equals(range.from()) : !name.record().equals(inner.getLast())) {
                    inner.add(name.record());
                }
            });
        }
        var bounds = new ArrayList<UUID>();
        int step = Math.max(1, (inner.size() + parts) / parts);
        for (int i = step - 1; i < inner.size() && bounds.size() < parts - 1; i += step) {
            bounds.add(inner.get(i));
        }
        return bounds;
    }
}
