package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;

/// @param bytes sizes of all files added up
public record LibrarySummary(LibraryId library, String libraryName, DeviceId device, String deviceName,
        Counts counts, long bytes) {

    public record Counts(long locations, long entries, long tags, long assignments, long devices, long volumes) {}
}
