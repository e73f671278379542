package app.holdfast.core.change;

import app.holdfast.core.clock.Author;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which events are covered: of each author, all up to a sequence. There are no exceptions to it and nothing
/// half-applied (I1, I2).
public record VersionVector(SortedMap<Author, Long> sequences) {

    public static final VersionVector EMPTY = new VersionVector(new TreeMap<>());

    public VersionVector {
        sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    }

    public static VersionVector of(Map<Author, Long> sequences) {
        return new VersionVector(new TreeMap<>(sequences));
    }

    /// @return the highest sequence covered, 0 for an author never heard of
    public long of(Author author) {
        return sequences.getOrDefault(author, 0L);
    }

    public boolean covers(Dot dot) {
        return dot.sequence() <= of(dot.author());
    }

    public boolean coversAll(VersionVector other) {
        return other.sequences.entrySet().stream().allMatch(entry -> entry.getValue() <= of(entry.getKey()));
    }

    /// The same, but that no author of these is covered further than is said of it.
    public VersionVector atMost(Map<Author, Long> most) {
        if (Collections.disjoint(most.keySet(), sequences.keySet())) {
            return this;
        }
        var lowered = new TreeMap<>(sequences);
        most.forEach((author, last) -> lowered.computeIfPresent(author, (_, covered) -> Math.min(covered, last)));
        lowered.values().removeIf(covered -> covered == 0);
        return new VersionVector(lowered);
    }

    /// @return the smallest vector that covers what either covers
    public VersionVector union(VersionVector other) {
        var merged = new TreeMap<>(sequences);
        other.sequences.forEach((author, sequence) -> merged.merge(author, sequence, Math::max));
        return new VersionVector(merged);
    }
}
