package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Removal;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Owned rows between devices (`docs/protocol/sync.md`, section 6), with real folders and real databases.
class StreamsTest {

    private static final VolumeId VOLUME = new VolumeId(new UUID(5, 5));

    @TempDir
    private Path folder;

    private Path top;
    private TestDevice laptop;
    private TestDevice desktop;
    private TestDevice tablet;
    private LocationId location;

    @BeforeEach
    void start() throws Exception {
        top = Files.createDirectory(folder.resolve("things"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        tablet = new TestDevice(folder.resolve("tablet"), 3);
        TestDevice.group(laptop, desktop, tablet);
        write("a/one.txt", "one");
        write("a/b/two.txt", "two");
        write("c/three.txt", "three");
        location = laptop.addLocation(top, VOLUME);
        laptop.scan(location, VOLUME, top);
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
        tablet.close();
    }

    private void write(String path, String content) throws IOException {
        Path file = top.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void writeMany(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write("many/" + i / 100 + "/file " + i, "x");
        }
    }

    @Test
    void anIndexedFolderReachesTheOtherDevice() throws Exception {
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.hash().rows()).containsEntry(Models.ENTRY, 6L).containsEntry(Models.LOCATION, 1L);
        assertThat(desktop.holding(VOLUME).own()).isFalse();
        assertThat(desktop.holding(VOLUME).claim().owner()).isEqualTo(laptop.id);
    }

    @Test
    void onlyWhatChangedIsThereAfterARescan() throws Exception {
        TestDevice.talk(laptop, desktop);
        write("a/one.txt", "more than one");
        write("d/e/four.txt", "four");
        Files.delete(top.resolve("c/three.txt"));
        Files.delete(top.resolve("c"));

        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.entries()).isEqualTo(7);
    }

    @Test
    void aFolderThatWentTakesAllBelowItAlongOnEveryDevice() throws Exception {
        TestDevice.talk(laptop, desktop);
        Files.delete(top.resolve("a/b/two.txt"));
        Files.delete(top.resolve("a/b"));
        Files.delete(top.resolve("a/one.txt"));
        Files.delete(top.resolve("a"));

        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.entries()).isEqualTo(2);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void aRemovedLocationIsGoneEverywhere() throws Exception {
        TestDevice.talk(laptop, desktop);

        laptop.run(tx -> {
            tx.own().removeLocation(location, VOLUME);
            return true;
        });
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.hash().rows()).doesNotContainKeys(Models.ENTRY, Models.LOCATION);
    }

    @Test
    void aDeviceGetsTheRowsOfAnotherThatIsAway() throws Exception {
        TestDevice.talk(laptop, desktop);

        TestDevice.talk(desktop, tablet);

        assertThat(tablet.entries()).isEqualTo(6);
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
        assertThat(tablet.holding(VOLUME).claim().owner()).isEqualTo(laptop.id);
    }

    @Test
    void removalsReachADeviceThroughAnother() throws Exception {
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        Files.delete(top.resolve("c/three.txt"));
        laptop.scan(location, VOLUME, top);

        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);

        assertThat(tablet.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItWas() throws Exception {
        writeMany(5_000);
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop, _ -> desktop.entries() >= 1_000);
        long received = desktop.holding(VOLUME).received();
        assertThat(received).isPositive();
        assertThat(desktop.holding(VOLUME).mark()).isEqualTo(-1);

        write("many/0/file 0", "changed meanwhile");
        Files.delete(top.resolve("many/0/file 1"));
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void aRemovalThatABrokenTransferDidNotBringIsCaughtUpWith() throws Exception {
        TestDevice.talk(laptop, desktop);
        Files.delete(top.resolve("c/three.txt"));
        laptop.scan(location, VOLUME, top);
        writeMany(5_000);
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop, _ -> desktop.entries() >= 1_000);

        TestDevice.talk(laptop, desktop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void rowsOfAnotherStreamAreNobodysToChange() throws Exception {
        VolumeId own = new VolumeId(new UUID(6, 6));
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("mine.txt"), "mine");
        LocationId ownLocation = desktop.addLocation(mine, own);
        desktop.scan(ownLocation, own, mine);
        TestDevice.talk(laptop, desktop);
        var before = desktop.hash();
        UUID target = desktop.entryIds(ownLocation).getFirst();
        Holding laptops = desktop.holding(VOLUME);

        desktop.run(tx -> {
            OwnedRow forged = new OwnedRow(target, Optional.empty(), 1_000_000, List.of(
                    new Value.Ref(location.value()), Value.NOTHING, new Value.Text("theirs"), Value.NOTHING,
                    new Value.Whole(0), new Value.Whole(1), new Value.Whole(1)));
            boolean taken = tx.streams().receive(laptops, List.of(new OwnedRows(Models.ENTRY, List.of("location",
                    "parent", "name", "raw_name", "kind", "size", "modified"), List.of(forged))));
            assertThat(taken).isFalse();
            tx.streams().remove(laptops, List.of(new Removal(Models.ENTRY, target, 1_000_001),
                    new Removal(Models.LOCATION, ownLocation.value(), 1_000_002)));
            return true;
        });

        assertThat(desktop.hash()).isEqualTo(before);
    }

    @Test
    void aVaultOfAnotherDeviceIsNobodysToList() throws Exception {
        TestDevice.talk(laptop, desktop);
        Holding laptops = desktop.holding(new VolumeId(laptop.id.subject()));
        Map<String, Value> mine = Map.of(Models.DEVICE_KEY, new Value.Bytes(laptop.id.bytes()), Models.PATH,
                new Value.Bytes(new byte[] {'/', 'a'}));
        Map<String, Value> theirs = Map.of(Models.DEVICE_KEY, new Value.Bytes(desktop.id.bytes()), Models.PATH,
                new Value.Bytes(new byte[] {'/', 'a'}));
        UUID right = ModelRegistry.CORE.model(Models.VAULT_FILE).naturalId(mine);
        UUID others = ModelRegistry.CORE.model(Models.VAULT_FILE).naturalId(theirs);

        desktop.run(tx -> {
            assertThat(tx.streams().receive(laptops, List.of(vault(others, theirs)))).as("another's").isFalse();
            assertThat(tx.streams().receive(laptops, List.of(vault(others, mine)))).as("another's id").isFalse();
            assertThat(tx.vaults().all()).isEmpty();
            assertThat(tx.streams().receive(laptops, List.of(vault(right, mine)))).as("its own").isTrue();
            assertThat(tx.vaults().all()).hasSize(1);
            return true;
        });
    }

    private static OwnedRows vault(UUID id, Map<String, Value> fields) {
        List<String> names = List.copyOf(fields.keySet());
        return new OwnedRows(Models.VAULT_FILE, names, List.of(new OwnedRow(id, Optional.empty(), 1_000_000,
                names.stream().map(fields::get).toList())));
    }

    @Test
    void aDeviceBetweenTwoCutsDoesNotServe() throws Exception {
        writeMany(5_000);
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop, _ -> desktop.entries() >= 1_000);

        TestDevice.talk(desktop, tablet);

        assertThat(tablet.entries()).isZero();
        assertThat(tablet.holding(VOLUME).mark()).isEqualTo(-1);
    }

    @Test
    void anOwnerThatWasRestoredGoesOnUnderANewClaim() throws Exception {
        TestDevice.talk(laptop, desktop);
        laptop.close();
        Map<String, byte[]> backup = Map.of("database.db", Files.readAllBytes(folder.resolve("laptop/database.db")));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        write("lost/in the backup.txt", "x");
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop);
        laptop.close();
        Files.write(folder.resolve("laptop/database.db"), backup.get("database.db"));
        Files.deleteIfExists(folder.resolve("laptop/database.db-wal"));

        laptop = new TestDevice(folder.resolve("laptop"), 1);
        TestDevice.talk(laptop, desktop);
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
        assertThat(laptop.entries()).isEqualTo(8);
        assertThat(laptop.holding(VOLUME).claim().epoch()).isEqualTo(2);
    }
}
