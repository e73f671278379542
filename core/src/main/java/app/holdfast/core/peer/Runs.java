package app.holdfast.core.peer;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;

/// The runs of a device that met this one. A program that was restarted has a new run and never an old one again; so
/// a run that comes back after another one was there means that two programs say that they are the device: its folder
/// was copied, and both copies run (R7).
///
/// Two such programs would take the link from each other for as long as both run, once a second. So the one that comes
/// back is sent away while the other has had its link for less than ten seconds, doubling to five minutes; whoever is
/// sent away waits longer each time by itself ([BackOff]). Both are served in turn, and neither starves.
///
/// Confined to its engine's thread.
final class Runs {

    static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(10);
    static final long LAST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int RUNS_MAX = 8;

    /// Those that were let in, the newest last.
    private final SequencedSet<Long> runs = new LinkedHashSet<>();
    private boolean areTwo;
    private long turnNanos = FIRST_NANOS;
    private long turnEndsAtNanos;

    /// @param isTalking whether a link is in use
    /// @param nowNanos  by `System.nanoTime`
    /// @return whether a link of this run may be used
    boolean admits(long run, boolean isTalking, long nowNanos) {
        boolean isBack = runs.contains(run) && runs.getLast() != run;
        if (isBack && areTwo && isTalking && nowNanos - turnEndsAtNanos < 0) {
            return false;
        }
        if (isBack) {
            areTwo = true;
            turnEndsAtNanos = nowNanos + turnNanos;
            turnNanos = Math.min(2 * turnNanos, LAST_NANOS);
        }
        runs.remove(run);
        runs.addLast(run);
        if (runs.size() > RUNS_MAX) {
            runs.removeFirst();
        }
        return true;
    }

    /// Whether two programs say that they are the device.
    boolean areTwo() {
        return areTwo;
    }
}
