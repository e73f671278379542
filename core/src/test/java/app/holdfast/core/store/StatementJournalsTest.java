package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Models;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The statements that write the most rows give SQLite no reason to copy pages so that it could undo one of them alone
/// (ADR 252). It copies them to a file that has no name any more but whose descriptor tells of it; the rows go where
/// there are many pages already, so that the copies do not fit in memory.
@Isolated("it looks at the files of the whole process")
@EnabledOnOs(OS.LINUX)
class StatementJournalsTest {

    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));
    private static final DeviceId OTHER = new DeviceId("22".repeat(32));
    private static final int MANY = 20_000;
    private static final int MORE = 2_000;

    @TempDir
    private Path data;
    private final Random random = new Random(2);

    private static long journals() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(StatementJournalsTest::isTemporary).count();
        }
    }

    private static boolean isTemporary(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("etilqs_");
        } catch (NoSuchFileException _) {
            return false; // the one that lists them
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private LibraryStore open(String name, DeviceId device) throws Exception {
        Random seeded = new Random(1);
        Path folder = Files.createDirectories(data.resolve(name));
        Surroundings around = new Surroundings(() -> 1_000_000, seeded::nextLong, Thread::new,
                folder.resolve("memory"), new FakeSigning(device));
        LibraryStore.create(folder, device, name, around);
        return LibraryStore.open(folder, around, _ -> { });
    }

    @Test
    void aStatementThatIsUndoneByItselfLeavesATrace() throws Exception {
        try (LibraryStore store = open("a", DEVICE)) {
            long found = store.writer().submit(tx -> {
                tx.sql().execute("create table t (key integer primary key, value blob)");
                tx.sql().execute("create index by_value on t (value)");
                tx.sql().execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)"
                        + " insert into t select i, randomblob(100) from n");
                tx.sql().execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
                        + " insert into t select i + 20000, randomblob(100) from n");
                return quietly();
            }).get();

            assertThat(found).isPositive();
        }
    }

    @Test
    void entriesOfAScanAreCopiedForNoStatement() throws Exception {
        try (LocationFixture library = LocationFixture.create(Files.createDirectories(data.resolve("library")))) {
            List<Long> folders = library.writer().submit(tx -> insert(tx, List.of(ScannedFolder.TOP), MANY)).get();

            long found = library.writer().submit(tx -> {
                insert(tx, folders, MORE);
                return quietly();
            }).get();

            assertThat(found).isZero();
            assertThat(library.count()).isEqualTo(MANY + MORE);
        }
    }

    @Test
    void entriesThatAreRemovedAreCopiedForNoStatement() throws Exception {
        try (LocationFixture library = LocationFixture.create(Files.createDirectories(data.resolve("library")))) {
            library.writer().submit(tx -> insert(tx, List.of(ScannedFolder.TOP), MANY)).get();

            long found = library.writer().submit(tx -> {
                new RowRemover(tx).remove(Models.LOCATION, LocationFixture.LOCATION_ID.value());
                return quietly();
            }).get();

            assertThat(found).isZero();
            assertThat(library.count()).isZero();
        }
    }

    /// @return the new entries' keys
    private List<Long> insert(Transaction tx, List<Long> parents, int count) {
        EntryStatements statements = new EntryStatements(tx.state().prepared());
        StreamPen pen = tx.pen(LocationFixture.VOLUME_ID.value());
        var keys = new ArrayList<Long>();
        try {
            long location = statements.locationKey(LocationFixture.LOCATION_ID.value());
            EntryStatements.Inserts inserts = statements.startInserting(location, pen.claim());
            for (int i = 0; i < count; i++) {
                var found = new FoundEntry("entry " + random.nextLong(), null, EntryKind.DIRECTORY, 0, 1,
                        random.nextLong(1, Long.MAX_VALUE), null);
                keys.add(inserts.add(parents.get(random.nextInt(parents.size())), found,
                        new UUID(i, random.nextLong()), pen.next()));
            }
            inserts.flush();
        } catch (SQLException e) {
            throw new DataAccessException("inserting", e);
        }
        return keys;
    }

    @Test
    void assignmentsOfAnotherDeviceAreCopiedForNoStatement() throws Exception {
        List<EncodedGroup> groups = new ArrayList<>();
        try (LibraryStore other = open("b", OTHER)) {
            for (int from = 0; from < MANY; from += MORE) {
                groups.addAll(other.writer().submit(tx -> {
                    TagId tag = new TagId(new UUID(1, 1));
                    tx.tags().write(tag, Map.of(Models.NAME, new Value.Text("Trips")));
                    for (int i = 0; i < MORE; i++) {
                        tx.tags().assign(tag, new EntryId(new UUID(random.nextLong(), random.nextLong())));
                    }
                    tx.shared().finish();
                    return List.copyOf(tx.toLog());
                }).get());
            }
        }
        try (LibraryStore store = open("a", DEVICE)) {
            List<Long> found = new ArrayList<>();
            for (EncodedGroup group : groups) {
                found.add(store.writer().submit(tx -> {
                    assertThat(tx.shared().admit(group)).isInstanceOf(Admission.Admitted.class);
                    return quietly();
                }).get());
            }

            assertThat(found).hasSizeGreaterThan(MANY / MORE - 1).containsOnly(0L);
        }
    }

    private static long quietly() {
        try {
            return journals();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
