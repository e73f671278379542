package app.holdfast.desktop.fake;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.CopyCounts;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LibrarySummary;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Reading;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Answers from the lists of a [FakeLibrary] as they are now.
record FakeReader(FakeLibrary library) implements LibraryReader {

    @Override
    public LibrarySummary summary() {
        var counts = new LibrarySummary.Counts(library.locations.size(), library.entries.size(), library.tags.size(),
                library.entries.stream().mapToLong(row -> row.tags().size()).sum(), library.devices.size(), 1);
        return new LibrarySummary(library.id, "Ada's library", library.self, "laptop", counts,
                library.entries.stream().mapToLong(EntryRow::size).sum());
    }

    @Override
    public List<DeviceRow> devices() {
        return List.copyOf(library.devices);
    }

    @Override
    public List<LocationRow> locations() {
        return List.copyOf(library.locations);
    }

    @Override
    public List<VaultRow> vaults() {
        return List.copyOf(library.noted);
    }

    @Override
    public List<VolumeRow> volumes() {
        return List.of(new VolumeRow(library.volume, "System", library.self, "laptop", true, Optional.of(Path.of("/")),
                1, 0, Optional.of("ext4"), Optional.empty(), new VolumeRow.Standing(Tracking.NONE, VolumeRow.State.OK,
                Optional.empty(), "", Optional.empty(), List.of(), false)));
    }

    @Override
    public List<MountRow> mounts() {
        return List.of(new MountRow(Path.of("/media/stick"), "Stick", "vfat", Optional.of("1234-ABCD"), 8_000_000_000L,
                5_000_000_000L, true, false, MountRow.Found.STRANGER, Optional.empty()));
    }

    @Override
    public Reading reading() {
        return library.reading;
    }

    @Override
    public CopyCounts copies(LocationId id) {
        List<EntryRow> known = library.entries.stream().filter(row -> row.location().equals(id)
                && row.copies() > 0).toList();
        return new CopyCounts(known.size(), known.stream().filter(row -> row.copies() == 1).count());
    }

    @Override
    public boolean claimsAtOnce() {
        return true;
    }

    @Override
    public List<TagRow> tags() {
        return List.copyOf(library.tags);
    }

    @Override
    public List<CollectionRow> collections() {
        return library.collections.stream().map(row -> new CollectionRow(row.id(), row.name(),
                library.collected.getOrDefault(row.id(), List.of()).size())).toList();
    }

    @Override
    public List<RecordRow> records(String model) {
        return List.of();
    }

    @Override
    public List<EntryRow> trail(EntryId folder) {
        return List.of();
    }

    @Override
    public EntryKeys keys(EntryScope scope, EntrySort sort) {
        List<EntryRow> found = library.entries.stream().filter(row -> holds(scope, row))
                .sorted(Comparator.comparing(EntryRow::name)).toList();
        return new EntryKeys(found.stream().mapToLong(EntryRow::key).toArray(),
                found.stream().mapToLong(EntryRow::size).sum());
    }

    @Override
    public FirstKeys first(SearchQuery query, EntrySort sort, int limit) {
        EntryKeys all = keys(new EntryScope.Query(query), sort);
        return new FirstKeys(all.first(limit), all.count() <= limit);
    }

    @Override
    public List<EntryRow> rows(List<Long> keys) {
        return keys.stream().map(key -> library.entries.get(key.intValue())).toList();
    }

    @Override
    public Optional<EntryRow> entry(EntryId id) {
        return library.entries.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public Optional<EntryRow> entryAt(Path absolute) {
        return library.entries.stream().filter(row -> location(row.location()).flatMap(LocationRow::absolutePath)
                .map(top -> top.resolve(row.path())).filter(absolute::equals).isPresent()).findFirst();
    }

    @Override
    public Optional<LocationRow> location(LocationId id) {
        return library.locations.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public List<ScanProgress> scans() {
        return List.of();
    }

    @Override
    public SyncStatus syncStatus() {
        List<SyncStatus.Peer> peers = library.devices.stream().filter(device -> !device.self())
                .map(device -> new SyncStatus.Peer(device.id(), device.name(), device.online(),
                        SyncStatus.PeerState.OFFLINE, device.pendingOut(), device.pendingIn(), device.lastSeen(),
                        SyncStatus.Detail.NONE)).toList();
        return new SyncStatus(library.syncState, peers, 12, 3_456, library.conflicts.size(), SyncStatus.Rule.NONE,
                Optional.empty());
    }

    @Override
    public List<SyncEvent> syncEvents(int limit, long after) {
        return library.events.reversed().stream().filter(event -> event.id() > after).limit(limit).toList();
    }

    @Override
    public List<SyncConflict> conflicts() {
        return List.copyOf(library.conflicts);
    }

    @Override
    public Throughput throughput() {
        return Throughput.NONE;
    }

    @Override
    public Checkup checkup() {
        return new Checkup(library.findings, 14, List.of(new Checkup.Peer(library.other, "studio-pc",
                Checkup.Standing.EQUAL)));
    }

    @Override
    public LibraryHash hash() {
        return new LibraryHash("0".repeat(64), new TreeMap<>(Map.of("tag", (long) library.tags.size(), "entry",
                (long) library.entries.size())));
    }

    private boolean holds(EntryScope scope, EntryRow row) {
        return switch (scope) {
            case EntryScope.Folder folder -> row.location().equals(folder.location());
            case EntryScope.Tagged tagged -> row.tags().stream().anyMatch(tag -> tag.id().equals(tagged.tag()));
            case EntryScope.Collected collected -> library.collected.getOrDefault(collected.collection(), List.of())
                    .contains(row.id());
            case EntryScope.Search search -> row.name().toLowerCase(Locale.ROOT)
                    .contains(search.text().toLowerCase(Locale.ROOT)) && search.tags().stream()
                    .allMatch(wanted -> row.tags().stream().anyMatch(tag -> tag.id().equals(wanted)));
            case EntryScope.Copies copies -> row.copies() > 0 && row.id().equals(copies.entry());
            case EntryScope.Query query -> query.query().terms().stream().allMatch(term ->
                    term.test() instanceof SearchQuery.Test.Name(String part) && term.wanted() == row.name()
                            .toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT))
                            || term.test() instanceof SearchQuery.Test.Tagged(List<String> path) && row.tags().stream()
                                    .anyMatch(tag -> tag.name().equals(path.getLast())));
        };
    }
}
