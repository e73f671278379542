package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record that two devices have written without seeing each other's, so that it has two live dots, of which the
/// content of one or both is lost for good (ADR 231): the device that had the other is forgotten.
final class LostVariantsTest {

    private static final String PLAYLIST = "playlist"; // a model that no build here knows
    private static final UUID RECORD = new UUID(9, 9);

    @TempDir
    private Path folder;

    private TestDevice laptop;
    private TestDevice desktop;

    @BeforeEach
    void pair() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        TestDevice.pair(laptop, desktop);
        TestDevice.talk(laptop, desktop);
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
    }

    private static void edit(TestDevice device, String model, String field, String value) throws Exception {
        device.run(tx -> {
            tx.shared().edit(model, RECORD, Map.of(field, new Value.Text(value)));
            return true;
        });
    }

    /// The laptop's is the first dot, the tablet's the second.
    private void writeOnTwo(String model, String field, String tabletsField) throws Exception {
        writeOnTwo(model, field, tabletsField, 0);
    }

    /// @param between so many other records of the model that the laptop writes after its dot
    private void writeOnTwo(String model, String field, String tabletsField, int between) throws Exception {
        try (TestDevice tablet = new TestDevice(folder.resolve("tablet"), 3)) {
            tablet.join(laptop.run(tx -> tx.state().library()));
            laptop.knows(tablet);
            tablet.knows(laptop);
            TestDevice.talk(laptop, tablet);
            edit(laptop, model, field, "the laptop's");
            laptop.run(tx -> {
                for (int i = 0; i < between; i++) {
                    tx.shared().edit(model, new UUID(10, i), Map.of(field, new Value.Text("another")));
                }
                return true;
            });
            edit(tablet, model, tabletsField, "the tablet's");
            TestDevice.talk(laptop, tablet);
            laptop.run(tx -> {
                tx.members().revoke(tablet.id);
                return true;
            });
        }
    }

    /// Damages the content of dots of the laptop, whose log is lost as well, and repairs what can be.
    private void lose(String which, int dots) throws Exception {
        loseAll("record = x'00000000000000090000000000000009' and " + which, dots);
    }

    private void loseAll(String which, int dots) throws Exception {
        laptop.close();
        try (var file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("laptop/database.db"));
                var statement = file.createStatement()) {
            assertThat(statement.executeUpdate("update shared_dot set snapshot = x'ff' where " + which))
                    .isEqualTo(dots);
        }
        Files.delete(folder.resolve("laptop/sync.db"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        laptop.run(tx -> tx.doctoring().repair(laptop.store.writer().log()));
    }

    private static Optional<Snapshot> record(TestDevice device, String model) throws Exception {
        return device.run(tx -> tx.shared().merged(model, RECORD));
    }

    @Test
    void aRecordOfWhichNothingIsKnownAnyMoreIsDeletedThoughItHadTwoDots() throws Exception {
        writeOnTwo(PLAYLIST, "title", "artist");
        lose("true", 2);

        TestDevice.talk(laptop, desktop);

        assertThat(record(laptop, PLAYLIST)).isEmpty();
        assertThat(record(desktop, PLAYLIST)).isEmpty();
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    /// One job lets go of 500 dots, in the order of their names: the record's two are the first and the last of 602.
    @Test
    void aRecordOfWhichNothingIsKnownIsDeletedThoughItsDotsAreLetGoOfAmongManyOthers() throws Exception {
        writeOnTwo(PLAYLIST, "title", "artist", 600);
        loseAll("model = 'playlist'", 602);
        var talks = new OpenTalks();
        talks.link(laptop, desktop);

        for (int turns = 0; laptop.run(tx -> tx.lost().any()); turns++) {
            assertThat(turns).isLessThan(1_000);
            talks.turn();
        }
        talks.settle();

        assertThat(laptop.hash().rows()).doesNotContainKey(PLAYLIST);
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void fieldsOfASoundDotStayWhenAnotherDotOfTheRecordIsLost() throws Exception {
        writeOnTwo(PLAYLIST, "title", "artist");
        lose("author = (select min(author) from shared_dot where model = 'playlist')", 1);

        TestDevice.talk(laptop, desktop);

        for (TestDevice one : new TestDevice[] {laptop, desktop}) {
            assertThat(record(one, PLAYLIST).orElseThrow().fields()).hasSize(1);
        }
        assertThat(record(laptop, PLAYLIST)).isEqualTo(record(desktop, PLAYLIST));
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void whatQuestionsKnowOfARecordStaysWhenBothItsDotsAreLost() throws Exception {
        writeOnTwo(Models.TAG, Models.NAME, Models.COLOR);
        lose("true", 2);

        TestDevice.talk(laptop, desktop);

        for (TestDevice one : new TestDevice[] {laptop, desktop}) {
            Snapshot tag = record(one, Models.TAG).orElseThrow();
            assertThat(tag.value(Models.NAME)).isEqualTo(new Value.Text("the laptop's"));
            assertThat(tag.value(Models.COLOR)).isEqualTo(new Value.Text("the tablet's"));
        }
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }
}
