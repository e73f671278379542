package app.holdfast.core.api;

import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.Optional;

/// A drive that is mounted on this device, whether the library knows it or not.
///
/// @param totalBytes 0 when unknown, as freeBytes
/// @param found      what it is to the library
/// @param volume     which volume it is, or says that it is
public record MountRow(Path mountPoint, String label, String fileSystem, Optional<String> fsUuid, long totalBytes,
        long freeBytes, boolean removable, boolean readOnly, Found found, Optional<VolumeId> volume) {

    /// KNOWN: it is the volume. COPY: it says so, and is not, or not the only one. MARKER_GONE: it looks like the
    /// volume, and the file that said so was taken away. UNHEARD: it is of this library, which has not heard of it
    /// here yet. STRANGER: none of those.
    public enum Found { KNOWN, COPY, MARKER_GONE, UNHEARD, STRANGER }
}
