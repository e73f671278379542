package app.holdfast.core.api;

import app.holdfast.core.model.LocationId;
import java.util.Optional;

/// How far a scan is.
///
/// @param found        entries seen so far
/// @param unreadable   folders that could not be read; what was known of them is kept
/// @param millis       since it began
/// @param failure      why it ended, if it failed; the location's files stay as they were known
public record ScanProgress(LocationId location, String locationName, State state, long found, long unreadable,
        long millis, Optional<String> failure) {

    public enum State { RUNNING, DONE, CANCELLED, FAILED }
}
