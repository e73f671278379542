package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.ASSIGNMENT;
import static app.holdfast.core.store.catalogue.Tables.DEVICE;
import static app.holdfast.core.store.catalogue.Tables.ENTRY;
import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.MEMBER;
import static app.holdfast.core.store.catalogue.Tables.NOT_KEPT;
import static app.holdfast.core.store.catalogue.Tables.PEER;
import static app.holdfast.core.store.catalogue.Tables.REVOKED;
import static app.holdfast.core.store.catalogue.Tables.SELF;
import static app.holdfast.core.store.catalogue.Tables.SETTING;
import static app.holdfast.core.store.catalogue.Tables.STREAM;
import static app.holdfast.core.store.catalogue.Tables.TAG;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;

import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibrarySummary;
import app.holdfast.core.api.NameOrder;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Reads what is stored, from one state of the library. Valid within the call it is given to, on that thread.
///
/// What the floors above know beside it (who is online, which scans run) they add themselves; paths stay in the bytes
/// of their filesystems.
public final class CatalogueReader {

    /// A member of the library.
    ///
    /// @param addresses      where it was reached, `host:port` separated by blanks
    /// @param paused         whether nothing is to be exchanged with it
    /// @param bytesPerSecond at most, each way; 0 for as many as go
    public record StoredDevice(DeviceId id, String name, Optional<Instant> lastSeen, Optional<Instant> lastSync,
            List<String> addresses, boolean paused, long bytesPerSecond) {}

    /// A volume and the claim it stands on.
    ///
    /// @param recognised by what this device knows it again; empty when it was never mounted here
    public record StoredVolume(VolumeId id, String label, DeviceId owner, String ownerName, long epoch, long totalBytes,
            String fileSystem, String fsUuid, Optional<String> recognised, VolumeQueries.Standing standing) {}

    /// @param path from the volume's top, in the bytes of its filesystem
    public record StoredLocation(LocationId id, long key, String name, StoredVolume volume, byte[] path,
            long entries, boolean kept) {}

    private final DSLContext sql;
    private final Connection connection;
    private final ModelRegistry models;

    CatalogueReader(Connection connection, ModelRegistry models) {
        this.connection = connection;
        this.models = models;
        this.sql = DSL.using(connection, SQLDialect.SQLITE);
    }

    public LibrarySummary summary() {
        var self = sql.selectFrom(SELF).fetchSingle();
        DeviceId device = DeviceId.of(self.getDevice());
        Number bytes = sql.select(DSL.sum(ENTRY.SIZE)).from(ENTRY).where(ENTRY.CLAIM.isNotNull()).fetchSingle()
                .value1();
        return new LibrarySummary(new LibraryId(Ids.uuid(self.getLibrary())), self.getLibraryName(), device,
                deviceNames().getOrDefault(device, device.shortHex()), new LibrarySummary.Counts(count(LOCATION),
                sql.fetchCount(ENTRY, ENTRY.CLAIM.isNotNull()), count(TAG), count(ASSIGNMENT), members().size(),
                count(VOLUME)), bytes == null ? 0 : bytes.longValue());
    }

    /// Which library this is.
    public LibraryId library() {
        return new LibraryId(Ids.uuid(sql.selectFrom(SELF).fetchSingle().getLibrary()));
    }

    private long count(Table<?> table) {
        return sql.fetchCount(table);
    }

    /// Keys of the devices that belong to the library: every member that was not revoked.
    public List<DeviceId> members() {
        return sql.select(MEMBER.DEVICE).from(MEMBER)
                .where(MEMBER.DEVICE.notIn(DSL.select(REVOKED.DEVICE).from(REVOKED)))
                .fetch(row -> DeviceId.of(row.value1()));
    }

    /// Names as the devices say themselves, or as they were introduced when their own row has not arrived yet.
    public Map<DeviceId, String> deviceNames() {
        var names = new HashMap<DeviceId, String>();
        try (var prepared = new Prepared(connection)) {
            LiveDots dots = new LiveDots(prepared, new Authors(prepared));
            for (byte[] id : sql.select(MEMBER.ID).from(MEMBER).fetch(MEMBER.ID)) {
                var live = dots.of(Models.MEMBER, Ids.uuid(id));
                if (!live.isEmpty()) {
                    var view = Merge.view(models.model(Models.MEMBER), live);
                    if (view.value(Models.KEY) instanceof Value.Bytes(byte[] key)
                            && view.value(Models.NAME) instanceof Value.Text(String name)) {
                        names.put(DeviceId.of(key), name);
                    }
                }
            }
        }
        sql.select(DEVICE.DEVICE_, DEVICE.NAME).from(DEVICE)
                .forEach(row -> names.put(DeviceId.of(row.value1()), row.value2()));
        return names;
    }

    /// Members, in the order of their names.
    public List<StoredDevice> devices() {
        Map<DeviceId, String> names = deviceNames();
        return members().stream().map(id -> {
            var peer = sql.selectFrom(PEER).where(PEER.DEVICE.eq(id.bytes())).fetchOne();
            String name = names.getOrDefault(id, id.shortHex());
            return peer == null
                    ? new StoredDevice(id, name, Optional.empty(), Optional.empty(), List.of(), false, 0)
                    : new StoredDevice(id, name, Optional.ofNullable(peer.getLastSeen()).map(Instant::ofEpochMilli),
                    Optional.ofNullable(peer.getLastSync()).map(Instant::ofEpochMilli),
                    Stream.of(peer.getAddresses().split(" ")).filter(address -> !address.isEmpty()).toList(),
                    peer.getPaused() != 0, peer.getRate());
        }).sorted(Comparator.comparing(StoredDevice::name, NameOrder.NAMES)
                .thenComparing(StoredDevice::id)).toList();
    }

    /// By label.
    public List<StoredVolume> volumes() {
        return new VolumeQueries(sql).all(deviceNames());
    }

    /// Without those of this device of which not all is here yet.
    public List<StoredVolume> volumesHeld() {
        Set<UUID> lacking = sql.select(STREAM.SUBJECT).from(STREAM).where(STREAM.LACKING.ne(0L))
                .fetchSet(row -> Ids.uuid(row.value1()));
        return volumes().stream().filter(volume -> !lacking.contains(volume.id().value())).toList();
    }

    /// Drives that say they are a volume and are not, or not the only one.
    public List<VolumeQueries.StoredCopy> copies() {
        return new VolumeQueries(sql).copies(models);
    }

    /// Files with vaults in them, of all devices that ever told of some.
    public List<VaultFiles.StoredVault> vaults() {
        return new VaultFiles(sql).all();
    }

    public List<StoredLocation> locations() {
        return locations(sql.select(ENTRY.LOCATION, DSL.count()).from(ENTRY).where(ENTRY.CLAIM.isNotNull())
                .groupBy(ENTRY.LOCATION).fetchMap(row -> row.value1(), row -> row.value2().longValue()));
    }

    /// The same with 0 for how many entries there are, which takes the longer the more there are.
    public List<StoredLocation> uncountedLocations() {
        return locations(Map.of());
    }

    private List<StoredLocation> locations(Map<Long, Long> counts) {
        Map<VolumeId, StoredVolume> volumes = new HashMap<>();
        volumes().forEach(volume -> volumes.put(volume.id(), volume));
        return sql.select(LOCATION.ID, LOCATION.KEY, LOCATION.NAME, VOLUME.ID, LOCATION.PATH, NOT_KEPT.LOCATION)
                .from(LOCATION).join(VOLUME).on(VOLUME.KEY.eq(LOCATION.VOLUME))
                .leftJoin(NOT_KEPT).on(NOT_KEPT.LOCATION.eq(LOCATION.ID))
                .fetch(row -> Optional.ofNullable(volumes.get(new VolumeId(Ids.uuid(row.value4())))).map(volume ->
                        new StoredLocation(new LocationId(Ids.uuid(row.value1())), row.value2(), row.value3(), volume,
                                row.value5(), counts.getOrDefault(row.value2(), 0L), row.value6() == null)))
                .stream().flatMap(Optional::stream).sorted(Comparator.comparing(StoredLocation::name, NameOrder.NAMES)
                        .thenComparing(StoredLocation::id)).toList();
    }

    /// The questions about entries.
    public EntryQueries entries() {
        return new EntryQueries(sql, this::deviceNames);
    }

    /// Which files are to be read.
    public ContentQueries contents() {
        return new ContentQueries(connection);
    }

    /// The questions about tags.
    public TagQueries tags() {
        return new TagQueries(connection);
    }

    public List<CollectionRow> collections() {
        return new CollectionQueries(sql).all();
    }

    /// The kinds of records that are known.
    public ModelRegistry models() {
        return models;
    }

    /// All records of a shared model.
    public List<RecordRow> records(Model model) {
        return new RecordQueries(sql).all(model);
    }

    /// Fields in which a value lost against one that had not seen it.
    public long conflictCount() {
        return ConflictQueries.count(sql);
    }

    public List<SyncConflict> conflicts() {
        return new ConflictQueries(sql, models, deviceNames()).all();
    }

    /// What is wrong with the catalogue, as far as reading shows it; [Doctoring#tried] has the rest.
    public List<Finding> checkup(long nowMillis) {
        return new CatalogueCheck(sql).findings(nowMillis);
    }

    /// How many rules are checked there and here, and of the log.
    public static int rules() {
        return CatalogueCheck.RULES + Doctoring.RULES + ChangeLog.RULES;
    }

    public LibraryHash hash() {
        return new LibraryHashing(connection).hash();
    }

    /// A stored setting of this device.
    public Optional<String> setting(String name) {
        return sql.select(SETTING.VALUE)
                .from(SETTING)
                .where(SETTING.NAME.eq(name)).fetchOptional()
                .map(row -> row.value1());
    }
}
