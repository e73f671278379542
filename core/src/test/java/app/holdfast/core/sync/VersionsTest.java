package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Field;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.OtherRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An older build and a newer one, which knows one model more and one field more of a model that both know.
class VersionsTest {

    private static final Model PLAYLIST = Model.shared("playlist", Field.text("title", 100));
    private static final UUID TAG = new UUID(1, 1);
    private static final UUID LIST = new UUID(2, 2);
    private static final UUID PLAYBACK = new UUID(9, 9);
    private static final Value STAR = new Value.Text("star");

    @TempDir
    private Path folder;

    private ModelRegistry later;
    private TestDevice older;
    private TestDevice newer;
    private TestDevice newerToo;

    @BeforeEach
    void pair() throws Exception {
        later = ModelRegistry.CORE.with(List.of(PLAYLIST,
                ModelRegistry.CORE.model(Models.TAG).with(Field.text("icon", 20))));
        older = new TestDevice(folder.resolve("older"), 1);
        newer = new TestDevice(folder.resolve("newer"), 2, later);
        newerToo = new TestDevice(folder.resolve("newer too"), 3, later);
        LibraryId library = older.run(tx -> tx.state().library());
        newer.join(library);
        newerToo.join(library);
        for (TestDevice device : List.of(older, newer, newerToo)) {
            device.knows(older);
            device.knows(newer);
            device.knows(newerToo);
        }
    }

    @AfterEach
    void close() {
        older.close();
        newer.close();
        newerToo.close();
    }

    private void talk(TestDevice device) throws Exception {
        TestDevice.talk(device, older);
        assertThat(device.hash()).isEqualTo(older.hash());
    }

    private static void edit(TestDevice device, String model, UUID record, Map<String, Value> fields)
            throws Exception {
        device.run(tx -> {
            tx.shared().edit(model, record, fields);
            return true;
        });
    }

    private static Snapshot record(TestDevice device, String model, UUID record) throws Exception {
        return device.run(tx -> tx.shared().merged(model, record).orElseThrow());
    }

    @Test
    void theHelloSaysWhatABuildKnows() throws Exception {
        SyncSession session = new SyncSession(new SyncDesk(newer.store.writer().log(), (_, _) -> { }), older.id);

        var hello = (SyncMessage.Hello) newer.run(session::open).say().getFirst();

        assertThat(hello.schema()).contains("playlist", Models.TAG, Models.METADATA).isEqualTo(later.names());
    }

    @Test
    void aModelThatIsNotKnownIsKeptAndPassedOn() throws Exception {
        edit(newer, "playlist", LIST, Map.of("title", new Value.Text("Slow")));

        talk(newer);
        talk(newerToo);

        assertThat(older.hash().rows()).containsEntry("playlist", 1L);
        assertThat(record(newerToo, "playlist", LIST).value("title")).isEqualTo(new Value.Text("Slow"));
    }

    @Test
    void aFieldThatIsNotKnownSurvivesAnEditOfTheRecord() throws Exception {
        edit(newer, Models.TAG, TAG, Map.of(Models.NAME, new Value.Text("Trips"), "icon", STAR));
        talk(newer);

        edit(older, Models.TAG, TAG, Map.of(Models.NAME, new Value.Text("Travels")));
        talk(newerToo);
        talk(newer);

        for (TestDevice device : List.of(newer, newerToo)) {
            assertThat(record(device, Models.TAG, TAG).value("icon")).isEqualTo(STAR);
            assertThat(record(device, Models.TAG, TAG).value(Models.NAME)).isEqualTo(new Value.Text("Travels"));
        }
    }

    @Test
    void editsOfBothBuildsAtOnceAreBothKept() throws Exception {
        edit(older, Models.TAG, TAG, Map.of(Models.NAME, new Value.Text("Trips")));
        talk(newer);

        edit(older, Models.TAG, TAG, Map.of(Models.COLOR, new Value.Text("red")));
        edit(newer, Models.TAG, TAG, Map.of("icon", STAR));
        talk(newer);
        edit(older, Models.TAG, TAG, Map.of(Models.NAME, new Value.Text("Travels")));
        talk(newer);

        Snapshot tag = record(newer, Models.TAG, TAG);
        assertThat(tag.value("icon")).isEqualTo(STAR);
        assertThat(tag.value(Models.COLOR)).isEqualTo(new Value.Text("red"));
        assertThat(tag.value(Models.NAME)).isEqualTo(new Value.Text("Travels"));
    }

    @Test
    void whatIsNotKnownTravelsByComparingAsWell() throws Exception {
        edit(newer, "playlist", LIST, Map.of("title", new Value.Text("Slow")));
        edit(newer, Models.TAG, TAG, Map.of(Models.NAME, new Value.Text("Trips"), "icon", STAR));
        talk(newer);
        older.close();
        Files.delete(folder.resolve("older/sync.db"));
        older = new TestDevice(folder.resolve("older"), 1);

        talk(newerToo);

        assertThat(record(newerToo, "playlist", LIST).value("title")).isEqualTo(new Value.Text("Slow"));
        assertThat(record(newerToo, Models.TAG, TAG).value("icon")).isEqualTo(STAR);
    }

    @Test
    void aDeleteOfWhatIsNotKnownIsPassedOn() throws Exception {
        edit(newer, "playlist", LIST, Map.of("title", new Value.Text("Slow")));
        talk(newer);
        talk(newerToo);

        newer.run(tx -> {
            tx.shared().delete("playlist", LIST);
            return true;
        });
        talk(newer);
        talk(newerToo);

        assertThat(newerToo.hash().rows()).doesNotContainKey("playlist");
    }

    @Test
    void aBuildThatLearnsAModelShowsWhatItKeptAllAlong() throws Exception {
        edit(newer, "playlist", LIST, Map.of("title", new Value.Text("Slow")));
        talk(newer);

        older.close();
        older = new TestDevice(folder.resolve("older"), 1, later);

        var rows = older.store.readers().ask(reader -> reader.records(PLAYLIST)).get();
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().value("title")).isEqualTo(new Value.Text("Slow"));
    }

    private void own(Map<String, Value> fields) throws Exception {
        newer.run(tx -> {
            OtherRows.put(tx, newer.id.subject(), "playback", PLAYBACK, fields);
            return true;
        });
    }

    private static Map<String, Value> playback(TestDevice device) throws Exception {
        return device.run(tx -> OtherRows.fields(tx, PLAYBACK));
    }

    @Test
    void anOwnedModelThatIsNotKnownIsKeptAndPassedOn() throws Exception {
        own(Map.of("title", new Value.Text("Slow"), "seconds", new Value.Whole(12)));

        talk(newer);
        talk(newerToo);

        assertThat(older.hash().rows()).containsEntry("playback", 1L);
        assertThat(playback(newerToo)).isEqualTo(playback(newer)).containsEntry("seconds", new Value.Whole(12))
                .containsEntry("title", new Value.Text("Slow"));
    }

    @Test
    void whatItsOwnerChangesAndRemovesOfItIsPassedOnByABuildThatDoesNotKnowIt() throws Exception {
        own(Map.of("title", new Value.Text("Slow")));
        talk(newer);
        talk(newerToo);
        older.close();
        older = new TestDevice(folder.resolve("older"), 1);

        own(Map.of("title", new Value.Text("Slow"), "rate", new Value.Whole(2)));
        talk(newer);
        talk(newerToo);
        assertThat(playback(newerToo)).containsEntry("rate", new Value.Whole(2));

        newer.run(tx -> {
            OtherRows.remove(tx, newer.id.subject(), "playback", PLAYBACK);
            return true;
        });
        talk(newer);
        talk(newerToo);
        assertThat(newerToo.hash().rows()).doesNotContainKey("playback");
    }
}
