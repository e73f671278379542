package app.holdfast.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What a run has against the engine.
final class Findings {

    /// The first few of each kind say enough.
    private static final int DETAILS_MAX = 8;

    private final TreeSet<String> kinds = new TreeSet<>();
    private final List<String> details = new ArrayList<>();

    void add(String kind, String detail) {
        kinds.add(kind);
        if (details.size() < DETAILS_MAX) {
            details.add(kind + ": " + detail);
        }
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }

    /// The kinds alone, in one word.
    String kinds() {
        return String.join("+", kinds);
    }

    List<String> details() {
        return details;
    }
}
