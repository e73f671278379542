package app.holdfast.core.api;

import java.nio.file.Path;
import java.util.Map;

/// What became of a library whose file was damaged and made anew.
///
/// @param rows what could be read of it
/// @param lost tables some of which could not, with how many rows of theirs are known to be missing: shared changes
///             are got again from other devices, entries are found again by a scan or got again
/// @param kept the damaged file, beside the new one
public record Rebuilt(long rows, Map<String, Long> lost, Path kept) {

    public Rebuilt {
        lost = Map.copyOf(lost);
    }
}
