package app.holdfast.core.api;

import app.holdfast.core.model.LocationId;
import java.time.Duration;
import java.util.Optional;

/// How far a scan is.
///
/// @param found        entries seen so far
/// @param unreadable   folders that could not be read; what was known of them is kept
/// @param millis       since it began
/// @param share        how much of the location has been read, as far as can be guessed from the folders seen; 0 to 1
/// @param failure      why it ended, if it failed; the location's files stay as they were known
public record ScanProgress(LocationId location, String locationName, State state, long found, long unreadable,
        long millis, double share, Optional<String> failure) {

    /// PAUSED goes on when a person says so.
    public enum State { RUNNING, PAUSED, DONE, CANCELLED, FAILED }

    private static final double MILLIS_PER_SECOND = 1_000;
    /// Before so much is read there is nothing to guess from.
    private static final double SHARE_MIN = 0.02;

    public ScanProgress(LocationId location, String locationName, State state, long found, long unreadable,
            long millis, Optional<String> failure) {
        this(location, locationName, state, found, unreadable, millis, 0, failure);
    }

    /// Entries a second, since it began.
    public long perSecond() {
        return millis == 0 ? 0 : Math.round(found * MILLIS_PER_SECOND / millis);
    }

    /// How long it will still take, if the rest is like what was read.
    ///
    /// @return empty as long as that would be a wild guess, and when it does not run
    public Optional<Duration> remaining() {
        return state != State.RUNNING || share < SHARE_MIN ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(millis * (1 - share) / share)));
    }
}
