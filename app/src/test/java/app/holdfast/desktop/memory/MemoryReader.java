package app.holdfast.desktop.memory;

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
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Answers from a [MemoryLibrary] as it is now.
record MemoryReader(MemoryLibrary library) implements LibraryReader {

    @Override
    public LibrarySummary summary() {
        long assigned = library.entries.values().stream().mapToLong(entry -> entry.tags().size()).sum();
        return new LibrarySummary(new LibraryId(new UUID(7, 7)), library.name, library.self().id(),
                library.self().name(), new LibrarySummary.Counts(library.locations.size(),
                library.locations.values().stream().mapToLong(this::count).sum(), library.tags.size(), assigned,
                library.devices.size(), 1), library.entries.values().stream().mapToLong(EntryRow::size).sum());
    }

    @Override
    public List<DeviceRow> devices() {
        return library.devices.values().stream()
                .sorted(Comparator.comparing((DeviceRow row) -> !row.self()).thenComparing(DeviceRow::name)).toList();
    }

    @Override
    public List<LocationRow> locations() {
        return library.locations.values().stream().map(this::counted)
                .sorted(Comparator.comparing(LocationRow::name)).toList();
    }

    @Override
    public List<VaultRow> vaults() {
        return library.vaults.rows();
    }

    @Override
    public List<VolumeRow> volumes() {
        return List.copyOf(library.drives.volumes.values());
    }

    @Override
    public List<MountRow> mounts() {
        return List.copyOf(library.drives.mounts);
    }

    @Override
    public Reading reading() {
        return library.drives.reading;
    }

    @Override
    public CopyCounts copies(LocationId id) {
        List<EntryRow> known = library.entries.values().stream().filter(row -> row.location().equals(id)
                && row.copies() > 0).toList();
        return new CopyCounts(known.size(), known.stream().filter(row -> row.copies() == 1).count());
    }

    @Override
    public boolean claimsAtOnce() {
        return library.drives.atOnce;
    }

    @Override
    public List<TagRow> tags() {
        List<TagRow> rows = new ArrayList<>();
        addTags(rows, Optional.empty(), 0);
        return List.copyOf(rows);
    }

    @Override
    public List<CollectionRow> collections() {
        return library.collections.entrySet().stream().map(each -> new CollectionRow(each.getKey(), each.getValue(),
                library.collected.getOrDefault(each.getKey(), Set.of()).size()))
                .sorted(Comparator.comparing(CollectionRow::name)).toList();
    }

    @Override
    public List<RecordRow> records(String model) {
        return library.searches.records(model);
    }

    @Override
    public List<EntryRow> trail(EntryId folder) {
        List<EntryRow> steps = new ArrayList<>();
        Optional<EntryRow> step = entry(folder);
        while (step.isPresent()) {
            steps.addFirst(step.get());
            step = step.get().parent().flatMap(this::entry);
        }
        return List.copyOf(steps);
    }

    @Override
    public EntryKeys keys(EntryScope scope, EntrySort sort) {
        if (library.manyCount > 0) {
            LongStream all = LongStream.range(0, library.manyCount);
            return new EntryKeys((sort.ascending() ? all : all.map(key -> library.manyCount - 1 - key)).toArray(), 0);
        }
        List<EntryRow> found = library.entries.values().stream().filter(entry -> isIn(entry, scope))
                .sorted(Comparator.comparing((EntryRow row) -> row.kind() != EntryKind.DIRECTORY)
                        .thenComparing(sort.ascending() ? order(sort.column()) : order(sort.column()).reversed())
                        .thenComparing(EntryRow::name)).toList();
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
        library.windowsAsked.add(keys.size());
        return keys.stream().flatMap(key -> library.manyCount > 0 ? Stream.of(library.many.apply(key))
                : Stream.ofNullable(library.entries.get(key))).toList();
    }

    @Override
    public Optional<EntryRow> entry(EntryId id) {
        return library.entries.values().stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public Optional<EntryRow> entryAt(Path absolute) {
        return library.entries.values().stream().filter(row -> location(row.location())
                .flatMap(LocationRow::absolutePath).map(top -> top.resolve(row.path()))
                .filter(absolute::equals).isPresent()).findFirst();
    }

    @Override
    public Optional<LocationRow> location(LocationId id) {
        return Optional.ofNullable(library.locations.get(id)).map(this::counted);
    }

    @Override
    public List<ScanProgress> scans() {
        return List.copyOf(library.scans.values());
    }

    @Override
    public SyncStatus syncStatus() {
        return library.sync.status(devices(), library.syncState);
    }

    @Override
    public List<SyncEvent> syncEvents(int limit, long after) {
        return library.sync.events.reversed().stream().filter(event -> event.id() > after).limit(limit).toList();
    }

    @Override
    public List<SyncConflict> conflicts() {
        return List.copyOf(library.sync.conflicts);
    }

    @Override
    public Throughput throughput() {
        return library.sync.throughput;
    }

    @Override
    public Checkup checkup() {
        return new Checkup(library.sync.findings, 14, List.of());
    }

    @Override
    public LibraryHash hash() {
        return new LibraryHash("00".repeat(32), new TreeMap<>());
    }

    private void addTags(List<TagRow> rows, Optional<TagId> parent, int depth) {
        library.tags.values().stream().filter(tag -> tag.parent().equals(parent))
                .sorted(Comparator.comparing(MemoryLibrary.StoredTag::name)).forEach(tag -> {
                    long having = library.entries.values().stream().filter(entry -> has(entry, tag.id())).count();
                    rows.add(new TagRow(tag.id(), tag.name(), tag.parent(), tag.color(), depth, having));
                    addTags(rows, Optional.of(tag.id()), depth + 1);
                });
    }

    private LocationRow counted(LocationRow row) {
        return new LocationRow(row.id(), row.name(), row.absolutePath(), row.device(), row.deviceName(), row.volume(),
                row.volumeName(), row.online(), row.state(), count(row), row.kept(), row.watch());
    }

    /// A sample may say how many there are without having them.
    private long count(LocationRow row) {
        return row.entries() > 0 ? row.entries()
                : library.entries.values().stream().filter(entry -> entry.location().equals(row.id())).count();
    }

    private boolean isIn(EntryRow entry, EntryScope scope) {
        return switch (scope) {
            case EntryScope.Folder folder -> entry.location().equals(folder.location())
                    && entry.parent().equals(folder.folder());
            case EntryScope.Tagged tagged -> hasBelow(entry, tagged.tag());
            case EntryScope.Collected collected -> library.collected.getOrDefault(collected.collection(), Set.of())
                    .contains(entry.id());
            case EntryScope.Search search -> entry.name().toLowerCase(Locale.ROOT)
                    .contains(search.text().toLowerCase(Locale.ROOT))
                    && search.tags().stream().allMatch(tag -> hasBelow(entry, tag));
            case EntryScope.Copies copies -> entry(copies.entry()).filter(one -> one.copies() > 0
                    && one.size() == entry.size() && one.copies() == entry.copies()).isPresent();
            case EntryScope.Query query -> MemorySearch.holds(entry, query.query(), this);
        };
    }

    boolean hasBelow(EntryRow entry, TagId tag) {
        return has(entry, tag) || library.tags.values().stream()
                .filter(below -> below.parent().filter(tag::equals).isPresent())
                .anyMatch(below -> hasBelow(entry, below.id()));
    }

    private static boolean has(EntryRow entry, TagId tag) {
        return entry.tags().stream().anyMatch(each -> Objects.equals(each.id(), tag));
    }

    private static Comparator<EntryRow> order(EntrySort.Column column) {
        return switch (column) {
            case NAME -> Comparator.comparing(EntryRow::name);
            case SIZE -> Comparator.comparing(EntryRow::size);
            case MODIFIED -> Comparator.comparing(EntryRow::modified);
            case WHERE -> Comparator.comparing(row -> row.holder().deviceName());
        };
    }
}
