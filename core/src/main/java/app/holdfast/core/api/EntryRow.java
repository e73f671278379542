package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.VolumeId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// @param key     this database's own number of it, for windows; never stored elsewhere
/// @param name    as shown: bytes that are no UTF-8 appear as U+FFFD
/// @param path    from the location's top, separated by `/`, the name included
/// @param parent  the folder it lies in; empty at the location's top
/// @param size    bytes; 0 for folders
/// @param holder  the device and drive that hold it
/// @param copies  files with the same content, itself among them, counted up to [#COPIES_MAX]; 0 while that is not
///                known
public record EntryRow(long key, EntryId id, String name, String path, Optional<EntryId> parent, EntryKind kind,
        long size, Instant modified, LocationId location, Holder holder, List<Tag> tags, Noted noted, int copies) {

    public static final int COPIES_MAX = 1_000;

    /// Of whose content nothing is known.
    public EntryRow(long key, EntryId id, String name, String path, Optional<EntryId> parent, EntryKind kind,
            long size, Instant modified, LocationId location, Holder holder, List<Tag> tags, Noted noted) {
        this(key, id, name, path, parent, kind, size, modified, location, holder, tags, noted, 0);
    }

    /// @param online whether it can be reached now
    public record Holder(DeviceId device, String deviceName, VolumeId volume, String volumeName, boolean online,
            boolean here) {}

    public record Tag(TagId id, String name, TagColor color) {}

    /// What a person noted about it.
    ///
    /// @param note   empty for none
    /// @param rating 1 to 5, 0 for none
    /// @param fields of the person's own, by name
    public record Noted(String note, int rating, boolean favorite, SortedMap<String, String> fields) {

        /// Nothing was.
        public static final Noted NOTHING = new Noted("", 0, false, new TreeMap<>());

        public Noted {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

    public EntryRow {
        tags = List.copyOf(tags);
    }
}
