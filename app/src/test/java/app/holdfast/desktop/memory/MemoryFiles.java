package app.holdfast.desktop.memory;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/// Fills a [MemoryLibrary]: devices, locations, files, tags. Ids are numbered, so that tests can be read.
public final class MemoryFiles {

    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MemoryLibrary library;

    public MemoryFiles(MemoryLibrary library) {
        this.library = library;
    }

    public void name(String name) {
        library.name = name;
    }

    public void syncState(SyncStatus.State state) {
        library.syncState = state;
    }

    public DeviceRow self(String name) {
        return put(new DeviceRow(device(1), name, true, true, Optional.empty(), Optional.empty(),
                List.of("192.168.1.20:4242"), 0, 0));
    }

    public DeviceRow online(int number, String name, long pendingOut) {
        return put(new DeviceRow(device(number), name, false, true, Optional.of(NOON.minusSeconds(12)),
                Optional.of(DeviceRow.Via.DIRECT), List.of("192.168.1." + (20 + number) + ":4242"), pendingOut, 0));
    }

    public DeviceRow receiving(int number, String name, long pendingIn) {
        return put(new DeviceRow(device(number), name, false, true, Optional.of(NOON),
                Optional.of(DeviceRow.Via.DIRECT), List.of(), 0, pendingIn));
    }

    public DeviceRow away(int number, String name, Instant lastSeen, long pendingOut) {
        return put(new DeviceRow(device(number), name, false, false, Optional.of(lastSeen), Optional.empty(),
                List.of(), pendingOut, 0));
    }

    /// @param path where it is here; empty for another device's
    public LocationRow location(LocationId id, String name, DeviceRow on, Optional<Path> path) {
        return location(id, name, on, path, 0);
    }

    public LocationRow location(LocationId id, String name, DeviceRow on, Optional<Path> path, long entries) {
        boolean here = path.isPresent();
        LocationRow row = new LocationRow(id, name, path, on.id(), on.name(), volume(on), here ? "System" : "Data",
                here || on.online(), here ? LocationRow.State.IDLE : on.online() ? LocationRow.State.FOREIGN
                        : LocationRow.State.OFFLINE, entries, true);
        library.locations.put(id, row);
        return row;
    }

    static LocationRow kept(LocationRow row, boolean kept) {
        return new LocationRow(row.id(), row.name(), row.absolutePath(), row.device(), row.deviceName(),
                row.volume(), row.volumeName(), row.online(), row.state(), row.entries(), kept);
    }

    static void paused(Map<LocationId, ScanProgress> scans, LocationId id, boolean wait) {
        scans.computeIfPresent(id, (_, scan) -> new ScanProgress(scan.location(), scan.locationName(),
                wait ? ScanProgress.State.PAUSED : ScanProgress.State.RUNNING, scan.found(), scan.unreadable(),
                scan.millis(), scan.share(), scan.failure()));
    }

    /// A location on a drive of its own.
    public LocationRow onDrive(LocationId id, String name, VolumeRow drive, long entries) {
        boolean here = drive.mounted();
        LocationRow row = new LocationRow(id, name, drive.mountPoint().map(at -> at.resolve(name)), drive.device(),
                drive.deviceName(), drive.id(), drive.label(), here, here ? LocationRow.State.IDLE
                        : LocationRow.State.OFFLINE, entries, true,
                here ? LocationRow.Watch.LIVE : LocationRow.Watch.NONE);
        library.locations.put(id, row);
        return row;
    }

    /// The system watches no more folders.
    public void notWatched(LocationRow row) {
        library.locations.put(row.id(), new LocationRow(row.id(), row.name(), row.absolutePath(), row.device(),
                row.deviceName(), row.volume(), row.volumeName(), row.online(), row.state(), row.entries(), row.kept(),
                LocationRow.Watch.REREAD));
    }

    /// Says how many files have this one's content.
    public EntryRow copies(EntryRow entry, int copies) {
        EntryRow row = new EntryRow(entry.key(), entry.id(), entry.name(), entry.path(), entry.parent(), entry.kind(),
                entry.size(), entry.modified(), entry.location(), entry.holder(), entry.tags(), entry.noted(), copies);
        library.entries.put(row.key(), row);
        return row;
    }

    public LocationRow location(int number, String name, DeviceRow on) {
        return location(locationId(number), name, on,
                on.self() ? Optional.of(Path.of("/home/maren", name)) : Optional.empty());
    }

    public EntryRow folder(LocationRow in, Optional<EntryRow> parent, String name, String day) {
        return entry(in, parent, name, new Stat(EntryKind.DIRECTORY, 0, day));
    }

    public EntryRow file(LocationRow in, Optional<EntryRow> parent, String name, long size, String day) {
        return entry(in, parent, name, new Stat(EntryKind.FILE, size, day));
    }

    public TagId tag(int number, String name, Optional<TagId> parent, TagColor color) {
        TagId id = new TagId(new UUID(3, number));
        library.tags.put(id, new MemoryLibrary.StoredTag(id, name, parent, color));
        return id;
    }

    public void put(TagId tag, EntryRow on) {
        library.assign(on.id(), tag);
    }

    public void scanning(LocationRow location, long found) {
        library.scans.put(location.id(), new ScanProgress(location.id(), location.name(),
                ScanProgress.State.RUNNING, found, 0, 4_000, 0.62, Optional.empty()));
    }

    public void scanned(LocationRow location) {
        library.scans.remove(location.id());
    }

    public void remove(EntryRow entry) {
        library.entries.remove(entry.key());
    }

    /// As many files as one likes, made when they are read.
    public void many(LocationRow in, long count) {
        library.manyCount = count;
        EntryRow.Holder holder = holder(in);
        LongFunction<EntryRow> make = key -> new EntryRow(key, new EntryId(new UUID(9, key)),
                "file-%07d.jpg".formatted(key), "file-%07d.jpg".formatted(key), Optional.empty(), EntryKind.FILE,
                key * 1000, NOON, in.id(), holder, List.of(), EntryRow.Noted.NOTHING);
        library.many = make;
    }

    public static LocationId locationId(int number) {
        return new LocationId(new UUID(1, number));
    }

    private record Stat(EntryKind kind, long size, String day) {}

    private EntryRow entry(LocationRow in, Optional<EntryRow> parent, String name, Stat stat) {
        long key = library.entries.size() + 1L;
        EntryRow row = new EntryRow(key, new EntryId(new UUID(2, key)), name,
                parent.map(folder -> folder.path() + "/").orElse("") + name, parent.map(EntryRow::id), stat.kind(),
                stat.size(), Instant.parse(stat.day() + "T09:30:00Z"), in.id(), holder(in), List.of(),
                EntryRow.Noted.NOTHING);
        library.entries.put(key, row);
        return row;
    }

    private static EntryRow.Holder holder(LocationRow in) {
        return new EntryRow.Holder(in.device(), in.deviceName(), in.volume(), in.volumeName(), in.online(),
                in.absolutePath().isPresent());
    }

    private DeviceRow put(DeviceRow row) {
        library.devices.put(row.id(), row);
        return row;
    }

    static DeviceId device(int number) {
        return new DeviceId("%02x".formatted(number).repeat(32));
    }

    /// The one drive that a device has.
    private static VolumeId volume(DeviceRow on) {
        return new VolumeId(new UUID(4, on.self() ? 4 : 200 + Integer.parseInt(on.id().hex().substring(0, 2), 16)));
    }
}
