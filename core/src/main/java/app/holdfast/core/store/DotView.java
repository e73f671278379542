package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// The names of all live dots as they were at one moment, while the library goes on changing: what reconciliation
/// compares and serves (R5, phase 1: one read snapshot).
///
/// It remembers what came and went since. Beyond [#CHANGES_MAX] of that, or when a job was undone, it is spoilt and
/// another is to be opened. Confined to the writer, used within jobs.
public final class DotView implements AutoCloseable {

    /// What may have come and gone since; when it is more, comparing anew is cheaper.
    private static final int CHANGES_MAX = 100_000;

    /// A live dot by name.
    public record Name(UUID record, Dot dot) {}

    /// The names of a range, or of its first part.
    ///
    /// @param range what of it was looked at
    public record Names(RecordRange range, List<Name> names) {}

    private final LiveDots dots;
    private final DotViews views;
    private final VersionVector covered;
    private final SortedMap<Author, Long> heads;
    private final Map<Dot, UUID> cameSince = new HashMap<>();
    private final Map<Dot, UUID> wentSince = new HashMap<>();
    private boolean isSpoilt;

    DotView(LiveDots dots, DotViews views, VersionVector covered, SortedMap<Author, Long> heads) {
        this.dots = dots;
        this.views = views;
        this.covered = covered;
        this.heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
    }

    /// The vector of that moment.
    public VersionVector covered() {
        return covered;
    }

    /// The heads of that moment, where they are known.
    public SortedMap<Author, Long> heads() {
        return heads;
    }

    public boolean isSpoilt() {
        return isSpoilt;
    }

    void spoil() {
        isSpoilt = true;
        cameSince.clear();
        wentSince.clear();
    }

    void added(UUID record, Dot dot) {
        if (wentSince.remove(dot) == null) {
            cameSince.put(dot, record);
        }
        spoilWhenFull();
    }

    void removed(UUID record, Dot dot) {
        if (cameSince.remove(dot) == null) {
            wentSince.put(dot, record);
        }
        spoilWhenFull();
    }

    private void spoilWhenFull() {
        if (cameSince.size() + wentSince.size() > CHANGES_MAX) {
            spoil();
        }
    }

    public Fingerprint fingerprint(RecordRange range) {
        Fingerprint sum = views.sum(range);
        for (Map.Entry<Dot, UUID> came : cameSince.entrySet()) {
            if (range.contains(came.getValue())) {
                sum = sum.minus(DotHash.of(came.getValue(), came.getKey()));
            }
        }
        for (Map.Entry<Dot, UUID> went : wentSince.entrySet()) {
            if (range.contains(went.getValue())) {
                sum = sum.plus(DotHash.of(went.getValue(), went.getKey()));
            }
        }
        return sum;
    }

    /// The names of a range; of a long one those of its first records.
    ///
    /// @param limit names to look at, about
    public Names names(RecordRange range, int limit) {
        RecordRange part = firstPart(range, limit);
        var names = new ArrayList<Name>();
        dots.forEachName(part, name -> {
            if (!cameSince.containsKey(name.dot())) {
                names.add(new Name(name.record(), name.dot()));
            }
        });
        wentSince.forEach((dot, record) -> {
            if (part.contains(record)) {
                names.add(new Name(record, dot));
            }
        });
        names.sort((one, other) -> {
            int byRecord = RecordRange.ORDER.compare(one.record, other.record);
            return byRecord != 0 ? byRecord : one.dot.compareTo(other.dot);
        });
        return new Names(part, names);
    }

    private RecordRange firstPart(RecordRange range, int limit) {
        Optional<UUID> end = dots.recordAfter(range.from(), limit);
        boolean cuts = end.isPresent() && RecordRange.ORDER.compare(end.get(), range.from()) > 0
                && (range.to().isEmpty() || RecordRange.ORDER.compare(end.get(), range.to().get()) < 0);
        return cuts ? new RecordRange(range.from(), end) : range;
    }

    /// Cuts a range into at most so many parts of about the same size.
    public List<RecordRange> split(RecordRange range, int parts) {
        var ranges = new ArrayList<RecordRange>();
        UUID from = range.from();
        for (UUID bound : views.sums().bounds(range, parts)) {
            ranges.add(new RecordRange(from, Optional.of(bound)));
            from = bound;
        }
        ranges.add(new RecordRange(from, range.to()));
        return ranges;
    }

    /// Nothing is noted for it any more.
    @Override
    public void close() {
        views.close(this);
        spoil();
    }
}
