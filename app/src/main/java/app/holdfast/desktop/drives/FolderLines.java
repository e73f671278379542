package app.holdfast.desktop.drives;

import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.desktop.drives.FolderLine.Scan;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Puts locations and their scans into words.
final class FolderLines {

    /// How a scan fails that would take out most of what is known.
    private static final String MOSTLY_GONE = "mostly_gone";

    private final Words words;

    FolderLines(Words words) {
        this.words = words;
    }

    List<FolderLine> lines(List<LocationRow> locations, List<ScanProgress> scans) {
        return locations.stream().map(location -> of(location, scans.stream()
                .filter(scan -> scan.location().equals(location.id())).findFirst())).toList();
    }

    private FolderLine of(LocationRow location, Optional<ScanProgress> scan) {
        Scan doing = scan.map(ScanProgress::state).map(state -> switch (state) {
            case RUNNING -> Scan.RUNNING;
            case PAUSED -> Scan.PAUSED;
            case DONE, CANCELLED, FAILED -> Scan.NONE;
        }).orElse(Scan.NONE);
        String state = doing == Scan.NONE ? resting(location, scan) : progress(scan.orElseThrow());
        double share = scan.map(ScanProgress::share).orElse(0.0);
        String place = location.absolutePath().map(Path::toString)
                .orElseGet(() -> words.get(Text.FOLDER_ON, location.deviceName()));
        return new FolderLine(location, place, state, doing, doing == Scan.NONE || share <= 0 ? -1 : share,
                isGone(scan),                 words.get(Text.SPOKEN_FOLDER, location.name(), state, place));
    }

    private static boolean isGone(Optional<ScanProgress> scan) {
        return scan.filter(last -> last.state() == ScanProgress.State.FAILED).flatMap(ScanProgress::failure)
                .filter(MOSTLY_GONE::equals).isPresent();
    }

    private String progress(ScanProgress scan) {
        if (scan.state() == ScanProgress.State.PAUSED) {
            return words.get(Text.FOLDER_PAUSED, scan.found());
        }
        String rate = words.get(Text.FOLDER_READING, scan.found(), scan.perSecond());
        return scan.remaining().map(left -> words.get(Text.FOLDER_LEFT, rate, time(left))).orElse(rate);
    }

    /// Rounded up: `2 min`, `40 s`.
    private String time(Duration left) {
        return left.toMinutes() > 0 ? words.get(Text.FOLDER_MINUTES, left.toMinutes() + 1)
                : words.get(Text.FOLDER_SECONDS, left.toSeconds() + 1);
    }

    private String resting(LocationRow location, Optional<ScanProgress> scan) {
        if (!location.kept()) {
            return words.get(Text.FOLDER_NOT_KEPT);
        }
        String items = words.get(Text.BROWSER_ITEMS, location.entries());
        if (!location.online()) {
            return words.get(Text.FOLDER_AWAY, items);
        }
        if (isGone(scan)) {
            return words.get(Text.FOLDER_MOSTLY_GONE, items);
        }
        if (scan.filter(last -> last.state() == ScanProgress.State.FAILED).isPresent()) {
            return words.get(Text.FOLDER_FAILED, items);
        }
        return location.watch() == LocationRow.Watch.REREAD ? words.get(Text.FOLDER_NOT_WATCHED, items) : items;
    }
}
