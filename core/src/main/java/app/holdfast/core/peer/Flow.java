package app.holdfast.core.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes by the second, for the last ten minutes: a ring, in which a second's place is taken again ten minutes later.
/// Any thread; no clock of its own.
final class Flow {

    static final int SECONDS = 600;

    private final long[] bytes = new long[SECONDS];
    private long newestSecond;

    synchronized void add(long count, long nowMillis) {
        long second = nowMillis / 1_000;
        forward(second);
        bytes[(int) Math.floorMod(second, (long) SECONDS)] += count;
    }

    /// The mean over the last whole seconds.
    synchronized long perSecond(int seconds, long nowMillis) {
        long last = nowMillis / 1_000;
        forward(last);
        long sum = 0;
        for (long second = last - seconds; second < last; second++) {
            sum += bytes[(int) Math.floorMod(second, (long) SECONDS)];
        }
        return sum / seconds;
    }

    /// Means over steps, oldest first; the step that is under way is left out.
    synchronized List<Long> steps(int stepSeconds, long nowMillis) {
        long last = nowMillis / 1_000 / stepSeconds * stepSeconds;
        forward(nowMillis / 1_000);
        var steps = new ArrayList<Long>();
        for (long from = last - SECONDS + stepSeconds; from < last; from += stepSeconds) {
            long sum = 0;
            for (int i = 0; i < stepSeconds; i++) {
                sum += bytes[(int) Math.floorMod(from + i, (long) SECONDS)];
            }
            steps.add(sum / stepSeconds);
        }
        return steps;
    }

    /// Clears the places of the seconds that have passed. A clock that was set back adds to the newest second's
    /// place or an old one: a wrong picture for ten minutes, no more.
    private void forward(long second) {
        if (second - newestSecond >= SECONDS) {
            Arrays.fill(bytes, 0);
        } else {
            for (long passed = newestSecond + 1; passed <= second; passed++) {
                bytes[(int) Math.floorMod(passed, (long) SECONDS)] = 0;
            }
        }
        newestSecond = Math.max(newestSecond, second);
    }
}
