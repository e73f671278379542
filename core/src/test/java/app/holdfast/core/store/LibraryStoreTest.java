package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.Models;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryStoreTest {

    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));

    @TempDir
    private Path data;

    private Surroundings around() {
        Random random = new Random(1);
        return new Surroundings(() -> 1_000_000, random::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
    }

    @Test
    void aNewLibraryHasThisDeviceAsItsMemberAndOwnsItsStream() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());

        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            var holding = store.writer().submit(tx -> tx.streams().holding(DEVICE.subject()).orElseThrow()).get();

            assertThat(holding.own()).isTrue();
            assertThat(holding.mark()).isEqualTo(1);
            assertThat(holding.asserted()).isTrue();
        }
    }

    @Test
    void aNewLibraryKnowsItsOnlyMember() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());

        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            assertThat(store.readers().ask(reader -> reader.members()).get()).containsExactly(DEVICE);
            assertThat(store.readers().ask(reader -> reader.hash().rows()).get())
                    .containsEntry(Models.MEMBER, 1L).containsEntry(Models.CLAIM, 1L);
        }
    }

    @Test
    void recordsOfTwoModelsThatShareAnIdDoNotMeet() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());
        UUID shared = new UUID(8, 8);
        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            store.writer().submit(tx -> {
                tx.shared().edit(Models.TAG, shared, Map.of(Models.NAME, new Value.Text("Trips")));
                tx.shared().edit("album", shared, Map.of(Models.NAME, new Value.Text("Iceland")));
                tx.shared().delete("album", shared);
                return true;
            }).get();

            var tag = store.writer().submit(tx -> tx.shared().merged(Models.TAG, shared)).get();

            assertThat(tag).isPresent();
        }
    }

    @Test
    void aCommittedEditIsThereAfterReopening() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());
        UUID tag = new UUID(7, 7);
        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            store.writer().submit(tx -> {
                tx.shared().edit(Models.TAG, tag, Map.of(Models.NAME, new Value.Text("Trips")));
                return true;
            }).get();
        }

        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            var view = store.writer().submit(tx -> tx.shared().merged(Models.TAG, tag).orElseThrow()).get();

            assertThat(view.value(Models.NAME)).isEqualTo(new Value.Text("Trips"));
        }
    }

    @Test
    void aSecondOpeningOfTheSameDirectoryIsRefused() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());

        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            assertThat(store).isNotNull();
            assertThatThrownBy(() -> LibraryStore.open(data, around(), _ -> { }))
                    .isInstanceOf(CoreException.InUse.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"database.db", "sync.db"})
    void whatANewerVersionHasWrittenIsLeftAlone(String name) throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());
        Path file = data.resolve(name);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history select 99, '2', 'later', type, 'V2__later.sql', 1,"
                    + " installed_by, installed_on, 1, 1 from flyway_schema_history limit 1");
        }
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> LibraryStore.open(data, around(), _ -> { }))
                .isInstanceOf(CoreException.NewerLibrary.class);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aQuestionThatFailsByAnErrorFailsAlone() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());

        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            for (int i = 0; i < 10; i++) { // more than there are readers
                assertThatThrownBy(() -> store.readers().ask(_ -> {
                    throw new AssertionError("no answer");
                }).get()).hasRootCauseInstanceOf(AssertionError.class);
            }
            assertThat(store.readers().ask(CatalogueReader::members).get()).containsExactly(DEVICE);
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsCalledDamagedAndLeftAlone() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());
        Path file = data.resolve("database.db");
        byte[] garbage = "not a database at all, not a database at all".repeat(200).getBytes();
        Files.write(file, garbage);

        assertThatThrownBy(() -> LibraryStore.open(data, around(), _ -> { }))
                .isInstanceOf(CoreException.DamagedLibrary.class);

        assertThat(Files.readAllBytes(file)).isEqualTo(garbage);
    }

    @Test
    void aLogThatIsNoDatabaseIsBegunAnew() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());
        Files.write(data.resolve("sync.db"), "garbage".repeat(1000).getBytes());

        try (LibraryStore store = LibraryStore.open(data, around(), _ -> { })) {
            long changes = store.writer().submit(_ -> store.writer().log().changes()).get();

            assertThat(changes).isZero();
        }
    }

    @Test
    void aRestoredBackupWritesUnderANewIncarnationAndClaimsItsStreamAnew() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());
        byte[] backup = Files.readAllBytes(data.resolve("database.db"));
        var before = open().state();
        Files.write(data.resolve("database.db"), backup);

        var after = open();

        assertThat(after.state()).isNotEqualTo(before);
        assertThat(after.owner()).isEqualTo(after.state());
    }

    private record Who(UUID state, UUID owner) {}

    private Who open() throws Exception {
        Random random = new Random();
        Surroundings around = new Surroundings(() -> 2_000_000, random::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
        try (LibraryStore store = LibraryStore.open(data, around, _ -> { })) {
            return store.writer().submit(tx -> new Who(tx.state().author().value(),
                    tx.streams().holding(DEVICE.subject()).orElseThrow().claim().incarnation().value())).get();
        }
    }
}
