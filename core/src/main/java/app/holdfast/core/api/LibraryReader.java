package app.holdfast.core.api;

import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Questions about one library, all answered from one state of it. Valid only within the call it is given to, on that
/// thread.
public interface LibraryReader {

    /// Topics LIBRARY, ENTRIES, TAGS, DEVICES.
    LibrarySummary summary();

    /// All members, this device first, then by name. Topic DEVICES.
    List<DeviceRow> devices();

    /// By name. Topics LOCATIONS, DEVICES, and ENTRIES for the counts.
    List<LocationRow> locations();

    /// By label. Topics LOCATIONS, DEVICES.
    List<VolumeRow> volumes();

    /// Drives that are mounted on this device, in the order of their mounting. Topic LOCATIONS.
    List<MountRow> mounts();

    /// Topics LOCATIONS, ENTRIES, TASKS.
    Reading reading();

    /// Files of vaults on all devices of the library: this device's first, then by device and path. Topics VAULTS,
    /// DEVICES.
    List<VaultRow> vaults();

    /// Whether drives of other devices are claimed without asking. Topic LOCATIONS.
    boolean claimsAtOnce();

    /// The tag tree, depth first, siblings by name. Topics TAGS, ASSIGNMENTS.
    List<TagRow> tags();

    /// By name. Topics COLLECTIONS, ENTRIES.
    List<CollectionRow> collections();

    /// All records of a shared model, by id, without those that wait for what they point to. For models that have no
    /// question of their own. Topics RECORDS, or the model's own, and those of what it points to.
    ///
    /// @throws IllegalArgumentException when no shared model of this name is declared
    List<RecordRow> records(String model);

    /// The path from the location's top to this folder, the top left out. Topic ENTRIES.
    List<EntryRow> trail(EntryId folder);

    /// What a view holds, as keys in its order, to be fetched in windows by [#rows]. Topics ENTRIES, ASSIGNMENTS,
    /// TAGS, COLLECTIONS as the scope needs.
    EntryKeys keys(EntryScope scope, EntrySort sort);

    /// Some of what is found: an answer in time while a person still types. Topics ENTRIES, ASSIGNMENTS, TAGS,
    /// METADATA, DEVICES.
    ///
    /// @param limit 1 to 1,000
    FirstKeys first(SearchQuery query, EntrySort sort, int limit);

    /// The rows of these keys, in their order; keys that are gone meanwhile are left out. Topics ENTRIES,
    /// ASSIGNMENTS, TAGS, METADATA, DEVICES.
    ///
    /// @param keys at most 1,000
    List<EntryRow> rows(List<Long> keys);

    Optional<EntryRow> entry(EntryId id);

    /// The entry of a path on this device; empty when no location here holds it. Topic ENTRIES.
    Optional<EntryRow> entryAt(Path absolute);

    Optional<LocationRow> location(LocationId id);

    /// How many files of a location have no copy. Reads all of it. Topic ENTRIES.
    CopyCounts copies(LocationId id);

    /// Scans that run or have just ended. Topic TASKS.
    List<ScanProgress> scans();

    /// Topic SYNC.
    SyncStatus syncStatus();

    /// What happened between this device and others, newest first. Topic EVENTS.
    ///
    /// @param limit at most so many
    /// @param after only those with a greater id; 0 for all
    List<SyncEvent> syncEvents(int limit, long after);

    /// Fields that were changed on two devices at once, newest first. Topics SYNC, TAGS, DEVICES.
    List<SyncConflict> conflicts();

    /// How fast was exchanged in the last ten minutes. Changes by itself, so no topic tells of it.
    Throughput throughput();

    /// Checks every rule that can be checked here. Reads everything.
    Checkup checkup();

    /// The canonical hash of all synced content. Reads everything.
    LibraryHash hash();
}
