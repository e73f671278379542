package app.holdfast.core.index;

import java.util.ArrayDeque;
import java.util.Deque;

/// How much of a location a depth-first walk has read, guessed without knowing how much there is: a folder's share is
/// divided evenly between itself and its folders. Pure; for one thread.
final class ScanShare {

    /// Folders of one folder that are still to be read, each with the same share.
    private record Level(int left, double each) {}

    private final Deque<Level> levels = new ArrayDeque<>();
    private double done;

    /// @param parts that the walk consists of
    ScanShare(int parts) {
        levels.push(new Level(parts, 1.0 / parts));
    }

    /// The next folder in order was read.
    ///
    /// @param folders of it that are to be read next
    void read(int folders) {
        Level level = levels.pop();
        if (level.left > 1) {
            levels.push(new Level(level.left - 1, level.each));
        }
        double each = level.each / (folders + 1);
        done += each;
        if (folders > 0) {
            levels.push(new Level(folders, each));
        }
    }

    /// 0 to 1.
    double done() {
        return Math.min(1, done);
    }
}
