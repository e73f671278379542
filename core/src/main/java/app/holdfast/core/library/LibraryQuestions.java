package app.holdfast.core.library;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.CopyCounts;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LibrarySummary;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Reading;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.api.Topic;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.change.Model;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.peer.PeerStatus;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredDevice;
import app.holdfast.core.store.CatalogueReader.StoredLocation;
import app.holdfast.core.store.Presence;
import app.holdfast.core.store.Topics;
import app.holdfast.core.volume.PathBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers questions from what is stored and from what goes on now. Lives for one question, on its reader thread.
final class LibraryQuestions implements LibraryReader {

    /// What an answer to a search may hang on.
    private static final Topic[] FOUND = {Topic.ENTRIES, Topic.ASSIGNMENTS, Topic.TAGS, Topic.METADATA, Topic.DEVICES,
            Topic.LOCATIONS};

    private final CatalogueReader stored;
    private final Surroundings around;
    private final Presence presence;
    private final Set<Topic> lookedAt;

    /// What goes on now.
    ///
    /// @param log   asks the writer
    /// @param watch how soon changes of a location are seen
    record Surroundings(Presence presence, Map<DeviceId, PeerStatus> peers, Collection<ScanProgress> scans,
            Function<LocationId, LocationRow.Watch> watch, Whereabouts whereabouts,
            Supplier<LogSize> log, Sync sync, long nowMillis) {}

    /// @param backfilling whether this device has never had all of the library
    /// @param tried       what is wrong with the library as only the writer can see it; waits for it
    /// @param standings   how the other devices stood when they were last asked
    record Sync(Network network, Timeline timeline, boolean backfilling, Supplier<List<Checkup.Finding>> tried,
            Supplier<Map<DeviceId, Checkup.Standing>> standings) {}

    /// @param changes events that the log keeps
    record LogSize(long changes, long bytes) {}

    /// @param lookedAt where the topics of what is asked are noted
    LibraryQuestions(CatalogueReader stored, Surroundings around, Set<Topic> lookedAt) {
        this.stored = stored;
        this.around = around;
        this.presence = around.presence();
        this.lookedAt = lookedAt;
    }

    private void looksAt(Topic... topics) {
        Collections.addAll(lookedAt, topics);
    }

    @Override
    public LibrarySummary summary() {
        looksAt(Topic.LIBRARY, Topic.ENTRIES, Topic.TAGS, Topic.DEVICES, Topic.LOCATIONS, Topic.ASSIGNMENTS);
        return stored.summary();
    }

    @Override
    public List<DeviceRow> devices() {
        looksAt(Topic.DEVICES);
        return stored.devices().stream().map(this::device)
                .sorted(Comparator.comparing((DeviceRow row) -> !row.self())).toList();
    }

    private DeviceRow device(StoredDevice device) {
        boolean self = device.id().equals(presence.self());
        Optional<PeerStatus> peer = Optional.ofNullable(around.peers().get(device.id()));
        boolean online = self || peer.map(PeerStatus::online).orElse(false);
        List<String> addresses = new ArrayList<>(device.addresses());
        peer.flatMap(PeerStatus::link).map(link -> Addresses.text(link.remote()))
                .filter(now -> !addresses.contains(now))
                .ifPresent(addresses::addFirst);
        return new DeviceRow(device.id(), device.name(), self, online,
                peer.flatMap(PeerStatus::lastSeen).or(device::lastSeen),
                peer.flatMap(PeerStatus::link).map(PeerStatus.Linked::via), addresses,
                peer.map(status -> status.pending().out()).orElse(0L),
                peer.map(status -> status.pending().in()).orElse(0L));
    }

    @Override
    public List<LocationRow> locations() {
        looksAt(Topic.LOCATIONS, Topic.DEVICES, Topic.ENTRIES, Topic.TASKS);
        List<StoredLocation> locations = stored.locations();
        Map<LocationId, Path> tops = around.whereabouts().find(locations);
        return locations.stream().map(location -> location(location, Optional.ofNullable(tops.get(location.id()))))
                .toList();
    }

    private LocationRow location(StoredLocation location, Optional<Path> top) {
        boolean here = location.volume().owner().equals(presence.self());
        boolean gone = around.whereabouts().gone().contains(location.id());
        boolean scanning = around.scans().stream().anyMatch(scan ->
                scan.location().equals(location.id()) && (scan.state() == ScanProgress.State.RUNNING
                        || scan.state() == ScanProgress.State.PAUSED));
        LocationRow.State state = !here ? LocationRow.State.FOREIGN : scanning ? LocationRow.State.SCANNING
                : gone ? LocationRow.State.OFFLINE : LocationRow.State.IDLE;
        boolean online = here ? !gone : location.volume().standing().away() == 0
                && presence.online().contains(location.volume().owner());
        return new LocationRow(location.id(), location.name(), top, location.volume().owner(),
                location.volume().ownerName(), location.volume().id(), location.volume().label(), online, state,
                location.entries(), location.kept(),
                here ? around.watch().apply(location.id()) : LocationRow.Watch.NONE);
    }

    @Override
    public List<VolumeRow> volumes() {
        looksAt(Topic.LOCATIONS, Topic.DEVICES, Topic.METADATA);
        return new DriveQuestions(stored, around).volumes();
    }

    @Override
    public List<VaultRow> vaults() {
        looksAt(Topic.VAULTS, Topic.DEVICES);
        return new VaultQuestions(stored, presence.self()).vaults();
    }

    @Override
    public List<MountRow> mounts() {
        looksAt(Topic.LOCATIONS);
        return around.whereabouts().attached().rows();
    }

    @Override
    public Reading reading() {
        looksAt(Topic.LOCATIONS, Topic.ENTRIES, Topic.TASKS);
        long left = stored.uncountedLocations().stream().filter(around.whereabouts()::looksAfter)
                .mapToLong(location -> stored.contents().left(location.id())).sum();
        return new Reading(Contents.isPaused(stored.setting(Contents.PAUSED)),
                Optional.of(Contents.rate(stored.setting(Contents.RATE))).filter(rate -> rate > 0), left);
    }

    @Override
    public boolean claimsAtOnce() {
        looksAt(Topic.LOCATIONS);
        return stored.setting(Drives.CLAIMING).filter(Drives.ASK::equals).isEmpty();
    }

    @Override
    public List<TagRow> tags() {
        looksAt(Topic.TAGS, Topic.ASSIGNMENTS);
        return stored.tags().tree();
    }

    @Override
    public List<CollectionRow> collections() {
        looksAt(Topic.COLLECTIONS, Topic.ENTRIES);
        return stored.collections();
    }

    @Override
    public List<RecordRow> records(String model) {
        Model declared = stored.models().find(model).filter(found -> found.ownership() == Model.Ownership.SHARED)
                .orElseThrow(() -> new IllegalArgumentException("no shared model is called " + model));
        lookedAt.addAll(Topics.of(declared));
        return stored.records(declared);
    }

    @Override
    public List<EntryRow> trail(EntryId folder) {
        looksAt(Topic.ENTRIES);
        return stored.entries().trail(folder, presence);
    }

    @Override
    public EntryKeys keys(EntryScope scope, EntrySort sort) {
        looksAt(Topic.ENTRIES);
        switch (scope) {
            case EntryScope.Folder _, EntryScope.Copies _ -> { }
            case EntryScope.Tagged _ -> looksAt(Topic.TAGS, Topic.ASSIGNMENTS);
            case EntryScope.Collected _ -> looksAt(Topic.COLLECTIONS);
            case EntryScope.Search search -> {
                if (!search.tags().isEmpty()) {
                    looksAt(Topic.TAGS, Topic.ASSIGNMENTS);
                }
            }
            case EntryScope.Query _ -> looksAt(FOUND);
        }
        return stored.entries().keys(scope, sort, presence);
    }

    @Override
    public FirstKeys first(SearchQuery query, EntrySort sort, int limit) {
        looksAt(FOUND);
        return stored.entries().first(query, sort, limit, presence);
    }

    @Override
    public List<EntryRow> rows(List<Long> keys) {
        looksAt(Topic.ENTRIES, Topic.ASSIGNMENTS, Topic.TAGS, Topic.METADATA, Topic.DEVICES);
        return stored.entries().rows(keys, presence);
    }

    @Override
    public Optional<EntryRow> entry(EntryId id) {
        looksAt(Topic.ENTRIES, Topic.ASSIGNMENTS, Topic.TAGS, Topic.METADATA, Topic.DEVICES);
        return stored.entries().entry(id, presence);
    }

    @Override
    public Optional<EntryRow> entryAt(Path absolute) {
        looksAt(Topic.ENTRIES, Topic.LOCATIONS, Topic.ASSIGNMENTS, Topic.TAGS, Topic.METADATA, Topic.DEVICES);
        for (Map.Entry<LocationId, Path> top : around.whereabouts().find(stored.uncountedLocations()).entrySet()) {
            if (absolute.startsWith(top.getValue())) {
                List<byte[]> names = new ArrayList<>();
                for (int i = top.getValue().getNameCount(); i < absolute.getNameCount(); i++) {
                    names.add(PathBytes.ofName(absolute.getName(i)));
                }
                return stored.entries().below(top.getKey(), names, presence);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<LocationRow> location(LocationId id) {
        return locations().stream().filter(location -> location.id().equals(id)).findFirst();
    }

    @Override
    public CopyCounts copies(LocationId id) {
        looksAt(Topic.ENTRIES);
        return stored.contents().copies(id);
    }

    @Override
    public List<ScanProgress> scans() {
        looksAt(Topic.TASKS);
        return List.copyOf(around.scans());
    }

    @Override
    public SyncStatus syncStatus() {
        looksAt(Topic.SYNC, Topic.DEVICES);
        return new SyncQuestions(stored, around).status();
    }

    @Override
    public List<SyncEvent> syncEvents(int limit, long after) {
        looksAt(Topic.EVENTS);
        return around.sync().timeline().newest(limit, after);
    }

    @Override
    public List<SyncConflict> conflicts() {
        looksAt(Topic.SYNC, Topic.TAGS, Topic.DEVICES);
        return stored.conflicts();
    }

    @Override
    public Throughput throughput() {
        return around.sync().network().throughput().get();
    }

    /// Which device two running programs say that they are: a peer, or this one as a peer says.
    private Optional<DeviceId> twice(PeerStatus peer) {
        return peer.twice() ? Optional.of(peer.device())
                : Optional.of(presence.self()).filter(_ -> peer.isSelfTwice());
    }

    @Override
    public Checkup checkup() {
        List<Checkup.Finding> findings = new ArrayList<>(stored.checkup(around.nowMillis()));
        boolean readable = findings.stream().noneMatch(found -> found.code() == Checkup.Code.SNAPSHOT_DAMAGED
                || found.code() == Checkup.Code.CATALOGUE_DAMAGED);
        if (readable) {
            findings.addAll(around.sync().tried().get());
        }
        around.peers().values().forEach(peer -> twice(peer).ifPresent(device -> findings.add(new Checkup.Finding(
                Checkup.Code.IDENTITY_TWICE, 1, Checkup.Severity.ERROR, Checkup.Repair.NONE, device.hex()))));
        findings.sort(Comparator.comparing(Checkup.Finding::severity).reversed());
        Map<DeviceId, Checkup.Standing> standings = around.sync().standings().get();
        List<Checkup.Peer> peers = stored.devices().stream().filter(device -> !device.id().equals(presence.self()))
                .map(device -> new Checkup.Peer(device.id(), device.name(),
                        standings.getOrDefault(device.id(), Checkup.Standing.SILENT)))
                .toList();
        return new Checkup(findings, CatalogueReader.rules(), peers);
    }

    @Override
    public LibraryHash hash() {
        looksAt(Topic.values());
        return stored.hash();
    }
}
