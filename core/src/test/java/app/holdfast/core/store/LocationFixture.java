package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.ENTRY;
import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.REMOVAL;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.catalogue.tables.records.EntryRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/// A library on disk with one location in it, and a look at its rows. For tests of scans.
public final class LocationFixture implements AutoCloseable {

    public static final VolumeId VOLUME_ID = new VolumeId(new UUID(3, 3));
    public static final LocationId LOCATION_ID = new LocationId(new UUID(4, 4));
    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));

    /// An entry as its row has it.
    public record Row(UUID id, EntryKind kind, long size, long modifiedMillis, long sequence) {}

    private final LibraryStore store;

    private LocationFixture(LibraryStore store) {
        this.store = store;
    }

    /// @param data an empty folder
    public static LocationFixture create(Path data) throws CoreException {
        LibraryStore.create(data, DEVICE, "laptop", around(data));
        LocationFixture fixture = open(data);
        fixture.store.writer().submit(LocationFixture::claimVolume).join();
        fixture.store.writer().submit(LocationFixture::addLocation).join();
        return fixture;
    }

    public static LocationFixture open(Path data) throws CoreException {
        return new LocationFixture(LibraryStore.open(data, around(data), _ -> { }));
    }

    private static Surroundings around(Path data) {
        Random random = new Random();
        return new Surroundings(System::currentTimeMillis, random::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
    }

    private static boolean claimVolume(Transaction tx) {
        tx.streams().claim(VOLUME_ID.value());
        return true;
    }

    private static boolean addLocation(Transaction tx) {
        StreamPen pen = tx.pen(VOLUME_ID.value());
        tx.sql().insertInto(VOLUME, VOLUME.ID, VOLUME.CLAIM, VOLUME.SEQUENCE, VOLUME.LABEL, VOLUME.FILE_SYSTEM,
                        VOLUME.FS_UUID, VOLUME.TOTAL_BYTES)
                .values(Ids.bytes(VOLUME_ID.value()), pen.claim(), pen.next(), "", "ext4", "", 0L).execute();
        Long volume = tx.sql().select(VOLUME.KEY).from(VOLUME).fetchSingle(VOLUME.KEY);
        tx.sql().insertInto(LOCATION, LOCATION.ID, LOCATION.CLAIM, LOCATION.SEQUENCE, LOCATION.VOLUME, LOCATION.NAME,
                        LOCATION.PATH)
                .values(Ids.bytes(LOCATION_ID.value()), pen.claim(), pen.next(), volume, "things", new byte[0])
                .execute();
        return true;
    }

    public Transactor writer() {
        return store.writer();
    }

    /// Takes the location out of the library, as another job might in the middle of a scan.
    public void removeLocation() {
        ask(tx -> {
            tx.sql().deleteFrom(ENTRY).execute();
            return tx.sql().deleteFrom(LOCATION).execute();
        });
    }

    /// The rows by path below the location's top. Names are their bytes, each as one character.
    public SortedMap<String, Row> tree() {
        return ask(tx -> {
            var entries = tx.sql().selectFrom(ENTRY).orderBy(ENTRY.KEY).fetch();
            Map<Long, EntryRecord> byKey = new HashMap<>();
            entries.forEach(entry -> byKey.put(entry.getKey(), entry));
            SortedMap<String, Row> tree = new TreeMap<>();
            for (var entry : entries) {
                String path = name(entry);
                for (Long above = entry.getParent(); above != null; above = byKey.get(above).getParent()) {
                    path = name(byKey.get(above)) + "/" + path;
                }
                Row row = new Row(Ids.uuid(entry.getId()), EntryKind.of(entry.getKind()), entry.getSize(),
                        entry.getModified(), entry.getSequence());
                if (tree.put(path, row) != null) {
                    throw new IllegalStateException("twice: " + path);
                }
            }
            return tree;
        });
    }

    private static String name(EntryRecord entry) {
        byte[] name = entry.getRawName() == null ? entry.getName().getBytes(StandardCharsets.UTF_8)
                : entry.getRawName();
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    public int count() {
        return ask(tx -> tx.sql().fetchCount(ENTRY));
    }

    /// Names as shown, of all entries.
    public List<String> shownNames() {
        return ask(tx -> tx.sql().select(ENTRY.NAME).from(ENTRY).fetch(ENTRY.NAME));
    }

    /// The count of the stream: it moves by one for every row written or removed.
    public long mark() {
        return ask(tx -> tx.streams().holding(VOLUME_ID.value()).orElseThrow().mark());
    }

    /// The entries listed as removed.
    public List<UUID> removals() {
        return ask(tx -> tx.sql().select(REMOVAL.ID).from(REMOVAL).where(REMOVAL.MODEL.eq("entry"))
                .fetch(row -> Ids.uuid(row.value1())));
    }

    /// Damages the location by hand: the same row once more.
    public void doubleEntry(String name) {
        String columns = "claim, sequence, location, parent, name, kind, size, modified";
        ask(tx -> tx.sql().execute("insert into entry (id, " + columns + ") select randomblob(16), " + columns
                + " from entry where name = ?", name));
    }

    private <T> T ask(Job<T> job) {
        try {
            return store.writer().submit(job).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
