package app.holdfast.core.peer;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The runs of a device that met this one. A program that was restarted has a new run and never an old one again; so
/// a run that comes back after another one was there means that two programs say that they are the device: its folder
/// was copied, and both copies run (R7).
///
/// Confined to its engine's thread.
final class Runs {

    private static final int RUNS_MAX = 8;

    /// The newest last.
    private final SequencedSet<Long> runs = new LinkedHashSet<>();

    /// @return whether there are two
    boolean met(long run) {
        boolean back = runs.contains(run) && runs.getLast() != run;
        runs.remove(run);
        runs.addLast(run);
        if (runs.size() > RUNS_MAX) {
            runs.removeFirst();
        }
        return back;
    }
}
